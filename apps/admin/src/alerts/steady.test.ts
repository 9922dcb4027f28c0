import { anAlert, aPatientName } from '../testing/records.js';
import { id } from '../testing/screen.js';
import { steady } from './steady.js';

const person = (n: number, ...alerts: number[]) => {
  const patient = { ...aPatientName, id: id(n) };
  return { patient, phone: null, imHold: null, others: 0, alerts: alerts.map((number) => anAlert({ id: id(number), patient })) };
};
const shown = (...people: ReturnType<typeof person>[]) => steady([], people).people;
const told = ({ people, news }: ReturnType<typeof steady>) => ({
  news,
  people: people.map(({ patient, alerts }) => [patient.id, ...alerts.map(({ alert, gone }) => `${alert.id}${gone ? ' gone' : ''}`)]),
});

test('what comes after the last one is added below, what comes before or between is counted', () => {
  const now = [person(1, 11), person(2, 21), person(3, 31, 32), person(4, 41)];
  expect(told(steady(shown(person(1, 11), person(3, 31)), now))).toEqual({
    news: 2,
    people: [
      [id(1), id(11)],
      [id(3), id(31)],
      [id(4), id(41)],
    ],
  });
});

test('who has left keeps the place, and comes back into it', () => {
  const before = shown(person(1, 11), person(2, 21));
  const without = steady(before, [person(2, 21)]);
  expect(told(without)).toEqual({
    news: 0,
    people: [
      [id(1), `${id(11)} gone`],
      [id(2), id(21)],
    ],
  });
  expect(told(steady(without.people, [person(2, 21), person(1, 11)]))).toEqual({
    news: 0,
    people: [
      [id(1), id(11)],
      [id(2), id(21)],
    ],
  });
});

test('when everybody has left, those who come now are shown', () => {
  expect(told(steady(shown(person(1, 11)), [person(2, 21)]))).toEqual({
    news: 0,
    people: [
      [id(1), `${id(11)} gone`],
      [id(2), id(21)],
    ],
  });
});
