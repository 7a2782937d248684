/** What stands above a form over what has a version: why it may not be saved, what went wrong, who was first. */
import { Notice } from '@sallyport/ui'
import type { FieldValues } from 'react-hook-form'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import type { VersionedState } from './use-versioned-form.ts'

export interface VersionedNoticesProps<Values extends FieldValues, Parsed> {
  readonly of: VersionedState<Values, Parsed>
  /** Why the reader may not save; undefined where they may. */
  readonly reason?: string | undefined
}

export function VersionedNotices<Values extends FieldValues, Parsed>(props: VersionedNoticesProps<Values, Parsed>) {
  const { form, problem, conflict, theirs, takeTheirs, saveMine } = props.of
  return (
    <>
      {props.reason !== undefined && <Notice state="neutral" title={props.reason} />}
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      {conflict && <ChangedMeanwhile form={form} theirs={theirs} onTakeTheirs={takeTheirs} onSaveMine={saveMine} />}
    </>
  )
}
