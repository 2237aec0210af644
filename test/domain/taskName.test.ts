import { describe, expect, it } from 'vitest';
import { taskNameFor, taskNameProblem, uniqueTaskName } from '../../src/domain/taskName.ts';

describe('task name (B59)', () => {
  it('is made from the package name in either language', () => {
    expect(taskNameFor('htop', 'en')).toBe('Installation of htop');
    expect(taskNameFor('htop', 'ja')).toBe('htop のインストール');
  });

  it('is shortened to 100 characters and never keeps a reserved one', () => {
    const name = taskNameFor('a:b*'.repeat(60), 'en');
    expect(name.length).toBe(100);
    expect(taskNameProblem(name)).toBeNull();
    const emoji = taskNameFor('\u{1F4E6}'.repeat(60), 'ja');
    expect(emoji.length).toBeLessThanOrEqual(100);
    expect(emoji.isWellFormed()).toBe(true);
  });

  it('gets the first free number', () => {
    const taken = ['Installation of htop', 'INSTALLATION OF HTOP (2)'];
    expect(uniqueTaskName('Installation of htop', taken)).toBe('Installation of htop (3)');
    expect(uniqueTaskName('other', taken)).toBe('other');
    const long = 'x'.repeat(100);
    expect(uniqueTaskName(long, [long])).toBe(`${'x'.repeat(96)} (2)`);
  });

  it.each([...'"*<>?\\:|'])('refuses %s', (character) => {
    expect(taskNameProblem(`a${character}b`)).toBe('noneOfReservedCharacters');
  });

  it('refuses an empty, a long and a many-lined name', () => {
    expect(taskNameProblem('  ')).toBe('notEmpty');
    expect(taskNameProblem('x'.repeat(101))).toBe('atMost100Characters');
    expect(taskNameProblem('a\nb')).toBe('oneLine');
    expect(taskNameProblem('x'.repeat(100))).toBeNull();
  });
});
