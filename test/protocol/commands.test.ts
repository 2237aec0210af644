import { expect, it } from 'vitest';
import { administrationGroupSchema, taskSettingsSchema } from '../../src/domain/schema.ts';
import { defaultTaskSettings } from '../../src/domain/taskSettings.ts';
import { commands } from '../../src/protocol/commands.ts';

const id = 'task-00000000000000000001';
const waiting = (automaticMinutes: number) => {
  const settings = defaultTaskSettings('restart');
  return { ...settings, restart: { ...settings.restart, automaticMinutes } };
};

it('B41 a task is told to wait a day at most, and one that was told more before still opens', () => {
  const isAccepted = (minutes: number) =>
    commands.updateTask.params.safeParse({ id, settings: waiting(minutes) }).success;
  expect([0, 1, 1440, 1441].map(isAccepted)).toEqual([false, true, true, false]);
  expect(taskSettingsSchema.safeParse(waiting(10_080)).success).toBe(true);
});

it('a stored group keeps whatever name it was given before', () => {
  const group = { id: 'grp-00000000000000000001', name: '..', parentId: null };
  expect(administrationGroupSchema.safeParse(group).success).toBe(true);
});
