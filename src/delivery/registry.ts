import type { DeliveryMethod } from './deliveryMethod.ts';
import { sshMethod } from './methods/ssh/sshMethod.ts';

/** Every way of delivery. A new one is a file in methods/ and a line here. */
export const deliveryMethods: readonly DeliveryMethod[] = [sshMethod];

/** The method of that id, or null. */
export const deliveryMethod = (id: string): DeliveryMethod | null =>
  deliveryMethods.find((method) => method.id === id) ?? null;
