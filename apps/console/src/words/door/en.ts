/** The English words of the door, as one file to load. */
import app from '../en/app.json'
import lists from '../en/lists.json'
import problems from '../en/problems.json'
import signIn from '../en/sign-in.json'
import testSteps from '../en/test-steps.json'

export const door = {
  app,
  lists,
  problems,
  'sign-in': signIn,
  'test-steps': testSteps,
}
