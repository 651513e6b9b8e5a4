import { Entity } from 'typeorm';
import { InstantColumn, JsonColumn, KeyColumn, TextColumn } from '@crema/kit';

/** A key that signs access tokens, or did. */
@Entity('signing_keys')
export class SigningKey {
  /** RFC 7638 thumbprint. */
  @KeyColumn()
  kid!: string;

  @JsonColumn({ name: 'public_jwk' })
  publicJwk!: { kty: string; crv: string; x: string };

  /** The private JWK, sealed. */
  @TextColumn({ name: 'sealed_jwk' })
  sealedJwk!: string;

  @InstantColumn({ name: 'created_at' })
  createdAt!: Date;

  /** It is published before it signs, so that every verifier knows it by then. */
  @InstantColumn({ name: 'active_from' })
  activeFrom!: Date;
}
