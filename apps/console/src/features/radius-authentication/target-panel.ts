/** What the settings of a kind of target are told by the tab that shows them. */
export interface PanelProps {
  /** False while they are filled in for the first time: saving them makes their kind the target. */
  readonly inUse: boolean
  readonly onSaved: () => void
}
