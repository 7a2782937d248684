/** What the columns of a file probably are, by their headings: our own, and those that other products' exports have. */
import type { UserImportField } from '@sallyport/contract'

/** In lower case, letters and digits only; the first column that goes by a name is it. */
const names: Readonly<Record<UserImportField, readonly string[]>> = {
  username: [
    ...['username', 'user', 'login', 'loginname', 'logonname', 'upn', 'userprincipalname', 'samaccountname', 'uid'],
    ...['benutzername', 'benutzer', 'anmeldename'],
  ],
  firstName: ['firstname', 'givenname', 'forename', 'vorname'],
  lastName: ['lastname', 'surname', 'sn', 'familyname', 'nachname'],
  email: ['email', 'mail', 'emailaddress', 'mailadresse', 'emailadresse'],
  description: ['description', 'notes', 'comment', 'beschreibung'],
  enabled: ['enabled', 'active', 'accountenabled', 'aktiv', 'aktiviert'],
  methods: ['methods', 'method', 'authenticationmethod', 'mfamethod', 'methode'],
  mode: ['mode', 'modus', 'authenticationmode'],
  countryCode: ['countrycode', 'phonecountrycode', 'landesvorwahl'],
  phone: ['phone', 'phonenumber', 'mobile', 'mobilephone', 'telephone', 'telephonenumber', 'telefon', 'handy', 'mobil'],
  phoneExtension: ['extension', 'phoneextension', 'ext', 'durchwahl'],
  backupCountryCode: ['backupcountrycode', 'backupphonecountrycode'],
  backupPhone: ['backupphone', 'backupphonenumber', 'alternatephone', 'homephone'],
  backupExtension: ['backupextension', 'backupphoneextension'],
  callMode: ['callmode', 'phonecallmode', 'phonemode'],
  textMode: ['textmode', 'textmessagemode', 'smsmode'],
  textWithPin: ['textwithpin'],
  appMode: ['appmode', 'mobileappmode'],
  language: ['language', 'languages', 'calllanguage', 'phonelanguage', 'preferredlanguage', 'sprache'],
  pin: ['pin', 'initialpin'],
  oathToken: ['oathtoken', 'oath', 'oathserialnumber', 'tokenserialnumber', 'oathtokenserialnumber'],
}

/** For each heading what it probably is; null: nobody knows. No two are the same. */
export function guessFields(headings: readonly string[]): readonly (UserImportField | null)[] {
  const taken = new Set<UserImportField>()
  const fields = Object.keys(names) as UserImportField[]
  return headings.map((heading) => {
    const key = heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
    const field = fields.find((known) => names[known].includes(key) && !taken.has(known))
    if (field === undefined) return null
    taken.add(field)
    return field
  })
}
