/** The command line of a tool. */

/** Something the person at the keyboard can put right: said without a stack. */
export class Complaint extends Error {
  override name = 'Complaint';
}

interface Known {
  /** `--name value` or `--name=value` */
  options: readonly string[];
  /** `--name` */
  flags?: readonly string[];
}

/** Options, flags and what is neither; an option nobody knows is refused with the usage. */
export function parseArguments(args: readonly string[], known: Known, usage: string) {
  const options: Record<string, string> = {};
  const flags = new Set<string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const given = args[i] ?? '';
    const [, name, joined] = /^--([a-z-]+)(?:=(.*))?$/s.exec(given) ?? [];
    if (name === undefined) {
      rest.push(given);
    } else if (known.flags?.includes(name) && joined === undefined) {
      flags.add(name);
    } else {
      const value = joined ?? args[++i];
      if (!known.options.includes(name) || value === undefined) throw new Complaint(`usage: ${usage}`);
      options[name] = value;
    }
  }
  return { options, flags, rest };
}
