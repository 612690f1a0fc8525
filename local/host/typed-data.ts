/**
 * A value on its way between host and worker, in the shapes that `@azure/functions` reads and writes. The package
 * `@azure/functions-core` that declares them exists only inside the real worker.
 */
export interface TypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: HttpData;
}

/** An HTTP request as given to the library, or a response as the library returns it. */
export interface HttpData {
  readonly url?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly statusCode?: string;
  readonly cookies?: readonly HttpCookie[];
  readonly body?: TypedData | null;
}

/** A cookie of a response; absent attributes are left out of the header. */
export interface HttpCookie {
  readonly name?: string;
  readonly value?: string;
  readonly domain?: { readonly value?: string } | undefined;
  readonly path?: { readonly value?: string } | undefined;
  /** The library gives milliseconds since 1970, or a Date. */
  readonly expires?: { readonly value?: number | Date } | undefined;
  readonly secure?: { readonly value?: boolean } | undefined;
  readonly httpOnly?: { readonly value?: boolean } | undefined;
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone' | undefined;
  readonly maxAge?: { readonly value?: number } | undefined;
}

/** One binding of a function, with the options of its kind. */
export interface BindingInfo {
  readonly type: string;
  readonly direction: 'in' | 'out' | 'inout';
  readonly name?: string;
  readonly [option: string]: unknown;
}

/** A function as the app registered it. */
export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, BindingInfo>>;
  readonly retryOptions?: unknown;
}
