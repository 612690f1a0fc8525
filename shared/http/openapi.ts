export function openapiDocument() {
  return {};
}
