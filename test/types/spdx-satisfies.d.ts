declare module 'spdx-satisfies' {
  /** Whether one of `allowed` is enough for the SPDX expression; throws where it is none. */
  export default function satisfies(expression: string, allowed: readonly string[]): boolean;
}
