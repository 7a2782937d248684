/** The German words of the door, as one file to load. */
import app from '../de/app.json'
import lists from '../de/lists.json'
import problems from '../de/problems.json'
import signIn from '../de/sign-in.json'
import testSteps from '../de/test-steps.json'

export const door = {
  app,
  lists,
  problems,
  'sign-in': signIn,
  'test-steps': testSteps,
}
