/** What the console saved and sign-ins are decided by, as it is in force now. */
import type { CompanySettings } from '@sallyport/contract'
import type { EngineReader } from '@sallyport/store/engine'

import { createReplyRules, type ReplyRules } from '../access/reply-rules.ts'
import { standingRules, type StandingRules } from '../access/standing/rules.ts'

type Reader = Pick<EngineReader, 'company' | 'standing' | 'replyRules'>

export class SettingsInForce {
  readonly #reader: Reader
  company: CompanySettings
  standing: StandingRules
  replyRules: ReplyRules

  constructor(reader: Reader) {
    this.#reader = reader
    this.company = reader.company()
    this.standing = standingRules(reader.standing())
    this.replyRules = createReplyRules(reader.replyRules())
  }

  loadCompany(): void {
    this.company = this.#reader.company()
  }

  loadStanding(): void {
    this.standing = standingRules(this.#reader.standing())
  }

  /** True where the directory has to be asked for groups from now on, or need not be any more. */
  loadReplyRules(): boolean {
    const { needGroups } = this.replyRules
    this.replyRules = createReplyRules(this.#reader.replyRules())
    return this.replyRules.needGroups !== needGroups
  }
}
