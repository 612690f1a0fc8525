/**
 * Loads something when it is first wanted, once for all who want it meanwhile, and keeps it. What could not be loaded is
 * loaded anew for whoever wants it next.
 */
export function onDemand<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loading: Promise<Loaded> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
