/** Makes something when it is first wanted, and keeps it: what is not wanted costs nothing at the start of the app. */
export function lazily<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
