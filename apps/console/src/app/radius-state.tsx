/** The dot in the header: whether sign-ins are being answered, at every moment; it leads to Status. */
import { StatusDot, StateIcon } from '@sallyport/ui'
import { Box } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { radiusStateKinds, statusQuery } from '../features/status/queries.ts'
import { t } from '../lib/words.ts'
import classes from './shell.module.css'

export function RadiusState() {
  const { data, isError } = useQuery(statusQuery)
  const known = isError ? undefined : data?.radius.state
  const words = t(`app.radius.${known ?? 'unknown'}`)
  const kind = known === undefined ? 'neutral' : radiusStateKinds[known]
  return (
    <Link to="/status" className={classes['brand']} aria-label={words}>
      <Box visibleFrom="sm">
        <StatusDot state={kind}>{words}</StatusDot>
      </Box>
      <Box hiddenFrom="sm" display="flex">
        <StateIcon state={kind} size={20} />
      </Box>
    </Link>
  )
}
