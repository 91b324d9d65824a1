/** Signs up the first Owner, as the first screen does. */
export async function signUp(
  url: string,
): Promise<{ workspaceId: number; headers: { cookie: string; 'x-ficha-workspace': string } }> {
  const answer = await fetch(`${url}/api/account/first`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Olga Dueñas',
      email: 'olga@tienda.example',
      password: 'una clave muy larga',
      workspaceName: 'Tienda',
      defaultCountry: 'ES',
      timeZone: 'Europe/Madrid',
      language: 'en',
    }),
  })
  if (!answer.ok) throw new Error(`signing up answered ${answer.status}: ${await answer.text()}`)
  const { workspaceId } = (await answer.json()) as { workspaceId: number }
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { workspaceId, headers: { cookie, 'x-ficha-workspace': String(workspaceId) } }
}
