/** Google documents both names as one mailbox, with dots and everything after a plus ignored. */
export const gmailDomains = new Set(['gmail.com', 'googlemail.com'])

/** One mailbox under several domains, for some accounts: enough to suggest, never to link. */
export const siblingDomains = new Map<string, string>([
  ...[
    'yandex.com',
    'yandex.by',
    'yandex.kz',
    'yandex.ua',
    'yandex.uz',
    'yandex.fr',
    'yandex.com.tr',
    'yandex.com.am',
    'yandex.co.il',
    'ya.ru',
  ].map((domain) => [domain, 'yandex.ru'] as const),
  ['me.com', 'icloud.com'],
  ['mac.com', 'icloud.com'],
  ['protonmail.com', 'proton.me'],
  ['pm.me', 'proton.me'],
])

/** RFC 2606 and RFC 6761: names that can never receive mail. */
const reserved = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$/

export function isReservedDomain(domain: string): boolean {
  return reserved.test(domain)
}

export function isYandex(domain: string): boolean {
  return (siblingDomains.get(domain) ?? domain) === 'yandex.ru'
}

/** Yahoo's disposable addresses are `base-keyword@`; the base is not the login, so it is only a hint. */
export function isYahoo(domain: string): boolean {
  return /^yahoo\.(?:com|[a-z]{2}|com?\.[a-z]{2})$|^(?:ymail|rocketmail)\.com$/.test(domain)
}

/**
 * Inboxes that belong to a task, not to a person: RFC 2142 and what shops and offices call theirs.
 * Written without separators; `no-reply`, `no.reply` and `noreply` are one.
 */
const roles = new Set(
  `abuse noc security postmaster hostmaster webmaster usenet news www uucp ftp marketing sales support info
  admin administrator administration root office mail email contact contactus hello hi hey team everyone all staff company
  noreply donotreply notifications notification alerts mailer mailerdaemon newsletter system automated bounce bounces
  billing invoice invoices accounts accounting accountspayable finance payments orders order returns shipping delivery logistics
  help helpdesk service services customerservice customercare care feedback enquiries enquiry inquiries inquiry
  jobs careers career hr recruiting recruitment press media pr legal privacy compliance dpo
  booking bookings reservations reservation reception frontdesk store shop online web it tech purchasing partners partnerships
  hola buenas contacto contactanos informacion informes ventas venta compras pedidos pedido facturacion facturas cobranza cobranzas cobros
  pagos contabilidad administracion admon gerencia direccion oficina recepcion reservas citas soporte ayuda atencion atencionalcliente
  clientes servicio servicios serviciocliente comercial tienda almacen envios rrhh empleo prensa equipo correo noresponder avisos
  ola contato vendas suporte atendimento financeiro faturamento sac comercio loja compra ajuda imprensa naoresponda rh
  bonjour contactez ventes commercial facturation comptabilite accueil secretariat commandes
  kontakt vertrieb verkauf buchhaltung rechnung rechnungen bestellung bestellungen hilfe kundenservice buero sekretariat
  contatti vendite assistenza amministrazione ordini prenotazioni segreteria fatturazione ufficio zakaz otdel prodazhi`
    .split(/\s+/)
    .filter(Boolean),
)

/** @param local local part in lower case, without a tag */
export function isRoleInbox(local: string): boolean {
  // a number is somebody's year or the next free name
  return !/\d/.test(local) && roles.has(local.replace(/[._-]/g, ''))
}
