/** The certificates, as the server has them, and their change. */
import {
  api,
  type CertificateFilesInput,
  type ListenerCertificateView,
  type PasteCertificateInput,
  type SelfSignedInput,
} from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const certificatesQuery = queryOptions({
  queryKey: [queryRoots.certificates],
  queryFn: ({ signal }) => call(api.listenerCertificates.read, {}, { signal }),
  refetchInterval: 30_000,
})

export function usePasteCertificate() {
  return useChoice((body: PasteCertificateInput) => call(api.listenerCertificates.paste, { body }))
}

export function useCertificateFiles() {
  return useChoice((body: CertificateFilesInput) => call(api.listenerCertificates.pointTo, { body }))
}

export function useSelfSigned() {
  return useChoice((body: SelfSignedInput) => call(api.listenerCertificates.makeSelfSigned, { body }))
}

export function useResetCertificate() {
  return useChoice(({ listener, version }: Pick<ListenerCertificateView, 'listener' | 'version'>) =>
    call(api.listenerCertificates.reset, { body: { listener, version } }),
  )
}

function useChoice<Input>(mutationFn: (input: Input) => Promise<ListenerCertificateView>) {
  const queryClient = useQueryClient()
  const roots = [queryRoots.certificates, queryRoots.changes, queryRoots.status]
  return useMutation({
    mutationFn,
    onSettled: () => Promise.all(roots.map((root) => queryClient.invalidateQueries({ queryKey: [root] }))),
  })
}
