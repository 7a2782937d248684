/** Whether lists are drawn with tight rows: each browser's own choice, kept there. */
import { useLocalStorage } from '@mantine/hooks'

export function useCompactRows(): [boolean, (compact: boolean) => void] {
  const [compact, setCompact] = useLocalStorage({
    key: 'sallyport-compact-rows',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  return [compact, setCompact]
}
