/** What the dialog of a RADIUS client checks: the contract's rules, and that both secrets are the same. */
import { changeRadiusClientInput, sharedSecret, type RadiusClientView } from '@sallyport/contract'
import { z } from 'zod'
import { t } from '../../lib/words.ts'
import './page-words.ts'

const fields = changeRadiusClientInput.omit({ version: true }).extend({ confirmSecret: z.string() })
export type ClientFormInput = z.input<typeof fields>
export type ClientFormValues = z.output<typeof fields>

/** A new client needs a secret; a changed one keeps its own where none is typed. */
export function clientFormSchema(isNew: boolean): z.ZodType<ClientFormValues, ClientFormInput> {
  const schema: z.ZodType<ClientFormValues, ClientFormInput> = isNew ? fields.extend({ sharedSecret }) : fields
  const identified = schema.refine(({ address, certificateName }) => address !== '' || certificateName !== '', {
    path: ['address'],
    error: () => t('radsec.addressNeeded'),
  })
  return identified.refine((values) => (values.sharedSecret ?? '') === values.confirmSecret, {
    path: ['confirmSecret'],
    error: () => t('radius-authentication.client.mismatch'),
  })
}

/** The values that a dialog opens with. */
export function clientFormDefaults(client: RadiusClientView | undefined): ClientFormInput {
  if (client === undefined) return newClient
  const {
    address,
    nasIdentifier,
    certificateName,
    applicationName,
    vendorProfile,
    requireUserMatch,
    messageAuthenticator,
  } = client
  const { limitProxyState, factorMode, canBeChallenged, deviceTimeoutSeconds, enabled } = client
  const { allowedMethods, fallbackOath, pushWithoutNumber } = client
  return {
    address,
    nasIdentifier,
    certificateName,
    applicationName,
    vendorProfile,
    requireUserMatch,
    messageAuthenticator,
    limitProxyState,
    factorMode,
    canBeChallenged,
    deviceTimeoutSeconds,
    allowedMethods,
    fallbackOath,
    pushWithoutNumber,
    enabled,
    sharedSecret: undefined,
    confirmSecret: '',
  }
}

const newClient: ClientFormInput = {
  address: '',
  nasIdentifier: '',
  certificateName: '',
  applicationName: '',
  vendorProfile: 'other',
  sharedSecret: '',
  confirmSecret: '',
  requireUserMatch: true,
  messageAuthenticator: 'auto',
  limitProxyState: true,
  factorMode: 'automatic',
  canBeChallenged: true,
  deviceTimeoutSeconds: 60,
  allowedMethods: [],
  fallbackOath: false,
  pushWithoutNumber: false,
  enabled: true,
}
