/** The way into the portal for whoever has lost their second factor: what the company allows, and what a user has of it. */
import { z } from 'zod'
import { byId, line, timestamp, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole, helpDesk } from './roles.ts'

const questionsAtMost = 50

const languageTag = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'A language such as en or de.')
const questionList = z
  .array(line(150).min(5, 'At least 5 characters.'))
  .min(1, 'Enter at least one question.')
  .max(questionsAtMost, `At most ${questionsAtMost} questions.`)
  .refine((questions) => new Set(questions).size === questions.length, 'Each question once.')

const fields = {
  /** Ten codes that each lets its owner in once, beside the password. */
  recoveryCodes: z.boolean(),
  /** Weaker than anything else: what is asked can often be found out. */
  securityQuestions: z.boolean(),
  /** How many questions people choose and answer beforehand … */
  questionsToSet: z.int().min(2, 'At least 2.').max(10, 'At most 10.'),
  /** … and how many of those they are asked, all of which have to be right. */
  questionsToAnswer: z.int().min(2, 'At least 2.').max(10, 'At most 10.'),
  /** Of an answer, once spaces and case are folded. */
  answerLength: z.int().min(3, 'At least 3 characters.').max(20, 'At most 20 characters.'),
  /** What people may choose from, by language. */
  questions: z
    .record(languageTag, questionList)
    .refine((lists) => Object.keys(lists).length <= 20, 'At most twenty languages.'),
}

export const portalFallbackSettings = z
  .strictObject({ ...fields, version })
  .refine(({ questionsToSet, questionsToAnswer }) => questionsToAnswer <= questionsToSet, {
    path: ['questionsToAnswer'],
    error: 'Nobody can be asked more than they have answered.',
  })
  .superRefine(({ questions, questionsToSet }, problems) => {
    const message = 'Each language needs at least as many questions as people have to choose.'
    for (const [language, list] of Object.entries(questions)) {
      if (list.length < questionsToSet) problems.addIssue({ code: 'custom', path: ['questions', language], message })
    }
  })
  .refine(({ questions }) => Object.keys(questions).length > 0, {
    path: ['questions'],
    error: 'Keep the questions of one language at least.',
  })
export type PortalFallbackSettings = z.infer<typeof portalFallbackSettings>

/** What stands until somebody saves something else. */
export const portalFallbackDefaults: Omit<PortalFallbackSettings, 'version'> = {
  recoveryCodes: true,
  securityQuestions: false,
  questionsToSet: 5,
  questionsToAnswer: 3,
  answerLength: 4,
  questions: {
    en: [
      'What was the name of the first street that you lived in?',
      'Which teacher do you remember best?',
      'What did your first car look like?',
      'Where did you meet your best friend?',
      'What was the name of your favourite toy?',
      'Which dish did you never like as a child?',
      'What was the first concert that you went to?',
      'Which book did you read more than once?',
    ],
    de: [
      'Wie hieß die erste Straße, in der Sie gewohnt haben?',
      'An welche Lehrkraft erinnern Sie sich am besten?',
      'Wie sah Ihr erstes Auto aus?',
      'Wo haben Sie Ihre beste Freundin oder Ihren besten Freund kennengelernt?',
      'Wie hieß Ihr liebstes Spielzeug?',
      'Welches Gericht mochten Sie als Kind nie?',
      'Welches Konzert haben Sie zuerst besucht?',
      'Welches Buch haben Sie mehr als einmal gelesen?',
    ],
  },
}

/** What a user has for the day on which the second factor is lost. */
export const userFallback = z.object({
  /** Null: none were made. */
  recoveryCodes: z.object({ left: z.int().min(0), createdAt: timestamp }).nullable(),
  securityQuestions: z.object({ count: z.int().min(1), createdAt: timestamp }).nullable(),
})
export type UserFallback = z.infer<typeof userFallback>

const tag = 'User Portal'

export const portalFallback = {
  readSettings: endpoint({
    method: 'GET',
    path: '/api/portal-fallback-settings',
    summary: 'What lets people into the portal who cannot use their second factor.',
    tag,
    access: everyRole,
    response: portalFallbackSettings,
  }),
  changeSettings: endpoint({
    method: 'PUT',
    path: '/api/portal-fallback-settings',
    summary: 'Changes what lets people into the portal who cannot use their second factor.',
    tag,
    access: administratorsOnly,
    body: portalFallbackSettings,
    response: portalFallbackSettings,
  }),
  ofUser: endpoint({
    method: 'GET',
    path: '/api/users/:id/fallback',
    summary: 'How many recovery codes a user has left, and whether they have answered security questions.',
    tag,
    access: everyRole,
    params: byId,
    response: userFallback,
  }),
  removeRecoveryCodes: endpoint({
    method: 'DELETE',
    path: '/api/users/:id/recovery-codes',
    summary: 'Ends all recovery codes of a user, at once.',
    tag,
    access: helpDesk,
    params: byId,
  }),
  removeSecurityQuestions: endpoint({
    method: 'DELETE',
    path: '/api/users/:id/security-questions',
    summary: 'Removes the security questions of a user with their answers, at once.',
    tag,
    access: helpDesk,
    params: byId,
  }),
}
