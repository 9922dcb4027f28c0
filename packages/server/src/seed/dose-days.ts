/** The days of a script's doses, reckoned backwards from the one that is due next. */
import { addDays, addMonths, type ClinicDate, weekdayOf } from '@vastus/clinical';
import type { Chance } from './random.js';
import type { Script } from './script.js';

/** Gaps of the three-a-week pattern, from a dose back to the one before. */
const WEEKLY_GAPS = [3, 2, 2];

export function doseDays(script: Script, today: ClinicDate, chance: Chance): ClinicDate[] {
  const { loadingDoses, maintenanceDoses } = script;
  if (loadingDoses + maintenanceDoses === 0) return [];
  let day = lastDose(script, today);
  const days = [day];
  for (let i = 1; i < maintenanceDoses; i++) {
    // Counted from the last one, so that clamping to a month's end does not add up; people come a few days early or late.
    const planned = addMonths(days[0]!, -i * script.maintenanceMonths);
    day = onWeekday(
      addDays(
        planned,
        chance.weighted([
          [0, 5],
          [chance.whole(-3, 3), 4],
          [chance.whole(3, 12), 1],
        ]),
      ),
    );
    days.push(day);
  }
  if (loadingDoses === 0) return days.reverse();
  if (maintenanceDoses > 0) {
    day = addMonths(day, -script.maintenanceMonths);
    days.push(day);
  }
  for (let i = 1; i < loadingDoses; i++) {
    const gap = script.regimen === 'loading-alternate-days' ? 2 : WEEKLY_GAPS[(loadingDoses - i) % 3]!;
    day = addDays(day, -gap);
    days.push(day);
  }
  return days.reverse();
}

function lastDose(
  { lastDoseDaysAgo, dueInDays, loadingDoses, maintenanceDoses, maintenanceMonths, regimen }: Script,
  today: ClinicDate,
): ClinicDate {
  if (lastDoseDaysAgo !== undefined) return addDays(today, -lastDoseDaysAgo);
  const due = addDays(today, dueInDays);
  const isLoading = maintenanceDoses === 0 && loadingDoses > 0 && !isLoaded(loadingDoses, regimen);
  const gap = regimen === 'loading-alternate-days' ? 2 : WEEKLY_GAPS[loadingDoses % 3]!;
  const last = isLoading ? addDays(due, -gap) : dayBefore(due, maintenanceMonths);
  return last < today ? last : addDays(today, -1);
}

// Six doses of a counted schedule, and every loading that its script says is over, are followed by maintenance.
const isLoaded = (doses: number, regimen: Script['regimen']) =>
  doses >= (regimen === 'loading-alternate-days' ? 10 : regimen === 'methylcobalamin-three-weekly' ? 12 : 6);

/** The day from which `months` lead to `due`; where a short month hides it, the nearest that does. */
function dayBefore(due: ClinicDate, months: number): ClinicDate {
  const guess = addMonths(due, -months);
  for (const shift of [0, 1, -1, 2, -2, 3, -3]) {
    const day = addDays(guess, shift);
    if (addMonths(day, months) === due) return day;
  }
  return guess;
}

function onWeekday(day: ClinicDate): ClinicDate {
  const weekday = weekdayOf(day);
  return weekday === 6 ? addDays(day, -1) : weekday === 7 ? addDays(day, 1) : day;
}
