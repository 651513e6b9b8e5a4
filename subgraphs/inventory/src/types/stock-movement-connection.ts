import { connectionType, edgeType } from '@crema/kit';
import { StockMovement } from '../entities/stock-movement.ts';

export const StockMovementEdge = edgeType('StockMovement', () => StockMovement);

export const StockMovementConnection = connectionType(
  'StockMovement',
  () => StockMovement,
  StockMovementEdge,
);
