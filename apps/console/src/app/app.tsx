/** The console: its providers and its router. */
import { UiProvider } from '@sallyport/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createQueryClient } from '../lib/query-client.ts'
import { language } from '../lib/words.ts'
import { ProveAgain } from './prove-again.tsx'
import { createConsoleRouter } from './router.tsx'
import { SignInAgain } from './sign-in-again.tsx'

const queryClient = createQueryClient()
const router = createConsoleRouter(queryClient)

export function App() {
  return (
    <UiProvider language={language()}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <SignInAgain />
        <ProveAgain />
      </QueryClientProvider>
    </UiProvider>
  )
}
