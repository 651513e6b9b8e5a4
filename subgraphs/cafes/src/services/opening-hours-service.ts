import { problem, Refusal, WEEKDAYS, type Caller, type Problem } from '@crema/kit';
import type { Cafe } from '../entities/cafe.ts';
import type { OpeningHoursInput, SpecialHoursInput } from '../inputs/opening-hours-input.ts';
import type { OpeningHours } from '../types/opening-hours.ts';
import type { SpecialHours } from '../types/special-hours.ts';
import type { CafeEditor } from './cafe-editor.ts';

const MOST_SPANS = 70;
const MOST_SPECIAL_DAYS = 400;
const LONGEST_REASON = 200;

/** Sets when a café is open. */
export class OpeningHoursService {
  constructor(private readonly editor: CafeEditor) {}

  /** Replaces the weekly hours, and the special days where they are given. */
  async set(
    caller: Caller,
    cafeId: string,
    hours: readonly OpeningHoursInput[],
    special: readonly SpecialHoursInput[] | null | undefined,
  ): Promise<Cafe> {
    caller.requireAt('cafes:write', cafeId);
    const problems = [...problemsOfWeek(hours), ...problemsOfSpecialDays(special ?? [])];
    if (problems.length > 0) throw new Refusal(problems);

    const deed = {
      action: 'cafes.setOpeningHours',
      details: `${hours.length} weekly, ${special ? special.length : 'same'} special`,
    };
    return this.editor.change(caller, { id: cafeId, field: 'cafeId' }, deed, () => ({
      openingHours: inWeekOrder(hours),
      ...(special && { specialHours: inDateOrder(special) }),
    }));
  }
}

interface Span {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** On the minutes of its day; past midnight they go on counting. */
function spanOf({ opens, closes }: OpeningHoursInput, index: number): Span {
  const [from, to] = [minutesOf(opens), minutesOf(closes)];
  return { index, from, to: to > from ? to : to + 24 * 60 };
}

/** Overlapping spans of one day, each named once: the one that stands later in the list. */
function problemsOfWeek(hours: readonly OpeningHoursInput[]): Problem[] {
  if (hours.length > MOST_SPANS) {
    return [problem('INVALID_INPUT', `There may be at most ${MOST_SPANS} spans.`, ['hours'])];
  }
  const spans = hours.map(spanOf);
  return spans.flatMap((span) => {
    const { day } = hours[span.index]!;
    const other = spans
      .slice(0, span.index)
      .find((each) => hours[each.index]!.day === day && each.from < span.to && span.from < each.to);
    if (!other) return [];
    const { opens, closes } = hours[other.index]!;
    return [
      problem('HOURS_OVERLAP', `These hours overlap with ${day} ${opens}–${closes}.`, [
        'hours',
        String(span.index),
      ]),
    ];
  });
}

function problemsOfSpecialDays(days: readonly SpecialHoursInput[]): Problem[] {
  if (days.length > MOST_SPECIAL_DAYS) {
    const message = `There may be at most ${MOST_SPECIAL_DAYS} special days.`;
    return [problem('INVALID_INPUT', message, ['special'])];
  }
  return days.flatMap(({ date, opens, closes, reason }, index) => {
    const field = ['special', String(index)];
    const problems: Problem[] = [];
    if (days.findIndex((each) => each.date === date) < index) {
      problems.push(problem('DUPLICATE_DAY', `${date} stands twice.`, [...field, 'date']));
    }
    if ((opens ?? null) === null && (closes ?? null) !== null) {
      problems.push(problem('INVALID_INPUT', MISSING_TIME, [...field, 'opens']));
    }
    if ((opens ?? null) !== null && (closes ?? null) === null) {
      problems.push(problem('INVALID_INPUT', MISSING_TIME, [...field, 'closes']));
    }
    const length = reason?.trim().length;
    if (length !== undefined && (length < 1 || length > LONGEST_REASON)) {
      const message = `A reason must have 1 to ${LONGEST_REASON} characters.`;
      problems.push(problem('INVALID_INPUT', message, [...field, 'reason']));
    }
    return problems;
  });
}

const MISSING_TIME = 'Give both times, or neither for a day that is closed.';

const inWeekOrder = (hours: readonly OpeningHoursInput[]): OpeningHours[] =>
  hours
    .map(({ day, opens, closes }) => ({ day, opens, closes }))
    .sort(
      (a, b) => WEEKDAYS.indexOf(a.day) - WEEKDAYS.indexOf(b.day) || (a.opens < b.opens ? -1 : 1),
    );

const inDateOrder = (days: readonly SpecialHoursInput[]): SpecialHours[] =>
  days
    .map(({ date, opens, closes, reason }) => ({
      date,
      opens: opens ?? null,
      closes: closes ?? null,
      reason: reason?.trim() ?? null,
    }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
