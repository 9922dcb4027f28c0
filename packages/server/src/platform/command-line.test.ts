import { Complaint, parseArguments } from './command-line.js';

const known = { options: ['clinic'], flags: ['yes'] };
const parse = (...args: string[]) => parseArguments(args, known, 'how to use it');

test('options, flags and files, in any order', () => {
  const { options, flags, rest } = parse('a.json', '--clinic', 'North', '--yes', 'b.json');
  expect([options, [...flags], rest]).toEqual([{ clinic: 'North' }, ['yes'], ['a.json', 'b.json']]);
  expect(parse('--clinic=North = South').options).toEqual({ clinic: 'North = South' });
});

test.each([[['--what', 'x']], [['--clinic']], [['--yes=no']]])('%j is refused with the usage', (args) => {
  expect(() => parse(...args)).toThrow(new Complaint('usage: how to use it'));
});
