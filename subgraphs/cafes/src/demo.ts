import { stableId, WEEKDAYS, type Database, type Weekday } from '@crema/kit';
import { Cafe } from './entities/cafe.ts';
import { publishCafe } from './events/cafe-events.ts';
import type { CafeInput } from './inputs/cafe-input.ts';
import { cafeOf } from './services/cafe-service.ts';
import { Weekday as Day } from './types/weekday.ts';

interface DemoCafe {
  readonly input: CafeInput;
  readonly week: (day: Weekday) => readonly [opens: string, closes: string];
}

const isWeekend = (day: Weekday): boolean => day === 'SATURDAY' || day === 'SUNDAY';
const isLate = (day: Weekday): boolean => day === 'FRIDAY' || day === 'SATURDAY';

const inNewYork = { timeZone: 'America/New_York', currencyCode: 'USD', taxRate: '8.875' };

/** Real neighbourhoods; streets, numbers and telephones are invented. */
const DEMO_CAFES: readonly DemoCafe[] = [
  {
    input: {
      ...inNewYork,
      slug: 'astoria',
      name: 'Crema Astoria',
      phone: '+17185550142',
      address: address('31-99 Ditmarsh Row', 'Queens', '11105'),
      location: { latitude: 40.7747, longitude: -73.9122 },
    },
    week: (day) => (isWeekend(day) ? ['08:00', '18:00'] : ['07:00', '19:00']),
  },
  {
    input: {
      ...inNewYork,
      slug: 'hells-kitchen',
      name: "Crema Hell's Kitchen",
      phone: '+12125550117',
      address: address('799 Longacre Lane', 'New York', '10036'),
      location: { latitude: 40.7634, longitude: -73.9918 },
    },
    week: (day) => (isLate(day) ? ['07:30', '01:30'] : ['07:30', '22:00']),
  },
  {
    input: {
      ...inNewYork,
      slug: 'lower-manhattan',
      name: 'Crema Lower Manhattan',
      phone: '+12125550163',
      address: address('7 Old Ferry Slip', 'New York', '10004'),
      location: { latitude: 40.7048, longitude: -74.0123 },
    },
    week: () => ['00:00', '00:00'],
  },
];

function address(street: string, city: string, postalCode: string): CafeInput['address'] {
  return { street, city, region: 'NY', postalCode, country: 'US' };
}

/** Opens the demo cafés that are not there yet. */
export function loadDemo(database: Database): Promise<void> {
  return database.transaction(async (tx) => {
    for (const { input, week } of DEMO_CAFES) {
      const id = stableId(`cafe/${input.slug}`);
      if (await tx.find(Cafe, id)) continue;
      const cafe = cafeOf(id, input);
      cafe.openingHours = WEEKDAYS.map((day) => {
        const [opens, closes] = week(day);
        return { day: Day[day], opens, closes };
      });
      tx.insert(Cafe, cafe);
      publishCafe(tx, cafe);
    }
  });
}
