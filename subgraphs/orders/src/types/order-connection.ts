import { connectionType, edgeType } from '@crema/kit';
import { Order } from '../entities/order.ts';

const OrderEdge = edgeType<Order>('Order', () => Order);
export const OrderConnection = connectionType<Order>('Order', () => Order, OrderEdge);
