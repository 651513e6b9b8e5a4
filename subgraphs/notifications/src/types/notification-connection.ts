import { connectionType, edgeType } from '@crema/kit';
import { Notification } from '../entities/notification.ts';

export const NotificationEdge = edgeType('Notification', () => Notification);
export const NotificationConnection = connectionType(
  'Notification',
  () => Notification,
  NotificationEdge,
);
