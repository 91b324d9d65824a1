/** Signs the first Owner up on a server that nobody has used yet, over HTTP. */
export async function signUpOwner(url: string): Promise<{ workspaceId: number; cookie: string }> {
  const answer = await fetch(`${url}/api/account/first`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Olga Dueñas',
      email: 'olga@example.com',
      password: 'una clave muy larga',
      workspaceName: 'Taller',
      defaultCountry: 'ES',
      timeZone: 'Europe/Madrid',
      language: 'es',
    }),
  })
  if (answer.status !== 200) throw new Error(`nobody could sign up: ${await answer.text()}`)
  const { workspaceId } = (await answer.json()) as { workspaceId: number }
  return { workspaceId, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}
