import type { Edition } from './edition.ts';
import { calendarIn } from './sales-scope.ts';

/** Works out what is missing for the years, months and days that are over, so that no question has to wait for it. */
export async function prepareRollups({ books, cafes, parts, rollups }: Edition): Promise<void> {
  for (const cafe of await cafes.all()) {
    const calendar = calendarIn(cafe);
    const [first] = await books.days.find({
      where: { calendar: calendar.calendar, day: { from: '' } },
      order: [['day', 'asc']],
      limit: 1,
    });
    if (first) await rollups.prepare(Object.values(parts), calendar, first.day);
  }
}
