/** The texts that people are sent: Company Settings' in the user's language, else the product's. */
import { fillMessage, productMessage, type CompanySettings, type ProductMessage } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

export function messageFor(
  name: ProductMessage,
  company: Pick<CompanySettings, 'language' | 'messages'>,
  user: Pick<EngineUser, 'language'>,
  values: { readonly applicationName: string; readonly otp: string },
): string {
  const language = user.language || company.language
  const [base = language] = language.split('-')
  const own = (company.messages[language] ?? company.messages[base])?.[name === 'textReplyWithPin' ? 'textReply' : name]
  return fillMessage(own || productMessage(name, language), values)
}
