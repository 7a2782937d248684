/** RADIUS settings and target: shared with other screens. */
export { radiusSettingsQuery, targetQuery } from '../../lib/radius-settings.ts'
