/** Facts of the trace, name beside value. */
import type { TraceFact } from '@sallyport/contract'
import classes from './trace.module.css'

export function FactList({
  facts,
  monospaced = false,
}: {
  readonly facts: readonly TraceFact[]
  readonly monospaced?: boolean
}) {
  return (
    <dl className={classes['facts']} data-monospaced={monospaced}>
      {facts.map(({ name, value }, index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
