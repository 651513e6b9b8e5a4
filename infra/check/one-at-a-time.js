import TestRunner from 'jest-runner';

/** Runs its suites after each other, while no other runs. */
export default class OneAtATime extends TestRunner {
  isSerial = true;
}
