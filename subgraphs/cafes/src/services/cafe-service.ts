import type { Caller, Ids } from '@crema/kit';
import { Cafe, toMicroDegrees } from '../entities/cafe.ts';
import type { AddressInput } from '../inputs/address-input.ts';
import type { CafeInput, UpdateCafeInput } from '../inputs/cafe-input.ts';
import type { GeoPointInput } from '../inputs/geo-point-input.ts';
import { readTaxRate } from '../inputs/rules.ts';
import type { Address } from '../types/address.ts';
import type { CafeEditor } from './cafe-editor.ts';

/** A café without hours: it is closed until it is given some. */
export const cafeOf = (id: string, input: CafeInput): Cafe =>
  Object.assign(new Cafe(), {
    id,
    slug: input.slug,
    name: input.name.trim(),
    phone: input.phone ?? null,
    address: addressOf(input.address),
    ...placeOf(input.location),
    timeZone: input.timeZone,
    currencyCode: input.currencyCode,
    taxRateMilli: readTaxRate(input.taxRate)!,
    openingHours: [],
    specialHours: [],
    orderingPausedReason: null,
  });

/** Opens cafés and keeps what is known of them. */
export class CafeService {
  constructor(
    private readonly editor: CafeEditor,
    private readonly ids: Ids,
  ) {}

  /** For those who work at all cafés. */
  create(caller: Caller, input: CafeInput): Promise<Cafe> {
    caller.requireAt('cafes:write', '*');
    const cafe = cafeOf(this.ids.next(), input);
    return this.editor.add(caller, cafe, { action: 'cafes.createCafe', details: cafe.slug });
  }

  update(caller: Caller, id: string, input: UpdateCafeInput): Promise<Cafe> {
    caller.requireAt('cafes:write', id);
    const { name, phone, address, location, taxRate } = input;
    const changes: Partial<Cafe> = {
      ...(name && { name: name.trim() }),
      ...(phone !== undefined && { phone }),
      ...(address && { address: addressOf(address) }),
      ...(location && placeOf(location)),
      ...(taxRate && { taxRateMilli: readTaxRate(taxRate)! }),
    };
    const details = Object.keys(changes).join(', ');
    const deed = { action: 'cafes.updateCafe', details };
    return this.editor.change(caller, { id, field: 'id' }, deed, () => changes);
  }
}

const placeOf = ({ latitude, longitude }: GeoPointInput) => ({
  latitudeE6: toMicroDegrees(latitude),
  longitudeE6: toMicroDegrees(longitude),
});

const addressOf = ({ street, city, region, postalCode, country }: AddressInput): Address => ({
  street: street.trim(),
  city: city.trim(),
  region: region?.trim() ?? null,
  postalCode: postalCode?.trim() ?? null,
  country,
});
