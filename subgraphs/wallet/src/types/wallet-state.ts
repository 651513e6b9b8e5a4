/** The money in a wallet at one moment. */
export interface WalletState {
  readonly walletId: string;
  readonly currency: string;
  readonly availableMinor: number;
  readonly heldMinor: number;
  /** Rises with every entry of the wallet's accounts. */
  readonly version: number;
}
