// pure
import type { FieldValue } from '#contract/fields.ts'
import type { SampleFieldKey, SampleStage, SampleTag } from './vocabulary.ts'

/** The sample company: a bicycle shop by the river in Seville that sells, repairs and rents, also to visitors. */
export const company = {
  name: 'Bicicletas Ribera',
  defaultCountry: 'ES',
  timeZone: 'Europe/Madrid',
  members: [
    { name: 'Carmen Ortega', email: 'carmen@ribera.example', role: 'owner', team: null },
    { name: 'Diego Salas', email: 'diego@ribera.example', role: 'manager', team: 'Tienda' },
    { name: 'Nuria Vidal', email: 'nuria@ribera.example', role: 'agent', team: 'Taller' },
    { name: 'Tom Whitfield', email: 'tom@ribera.example', role: 'agent', team: 'Tienda' },
  ],
  teams: ['Tienda', 'Taller'],
  channels: [
    { key: 'whatsapp', kind: 'whatsapp', name: 'WhatsApp Tienda', address: '+34 600 000 180' },
    { key: 'email', kind: 'email', name: 'hola@ribera.example', address: 'hola@ribera.example' },
    { key: 'sms', kind: 'custom', name: 'SMS Taller', address: null },
  ],
} as const

export type SampleChannel = (typeof company.channels)[number]['key']

/** `in` and `out` are messages, `note` is internal. Minutes count back from the conversation's last line. */
export type SampleLine = readonly [minutesBefore: number, kind: 'in' | 'out' | 'note', text: string]

export interface SamplePerson {
  readonly first: string | null
  readonly last: string | null
  readonly profile?: string
  readonly phone?: string
  readonly email?: string
  readonly language: string
  readonly channel: SampleChannel
  /** The address on the channel, where it is not the phone or e-mail. */
  readonly address?: string
  readonly subject?: string
  /** Index of the member who looks after them. */
  readonly assignee: number | null
  readonly status: 'open' | 'snoozed' | 'closed'
  /** How long ago the last line was. */
  readonly minutesAgo: number
  readonly lines: readonly SampleLine[]
  /** Blocked after the last line, and what they have sent since. */
  readonly tags?: readonly SampleTag[]
  /** Without one, they stand where everybody begins. */
  readonly stage?: SampleStage
  readonly custom?: Readonly<Partial<Record<SampleFieldKey, FieldValue>>>
  /** When their bicycle was last looked over, in days before today. */
  readonly checkedDaysAgo?: number
  /** What stood in some of these fields until whoever looks after them wrote it anew. */
  readonly before?: Readonly<Partial<Record<SampleFieldKey, FieldValue>>>
  readonly blocked?: { readonly reason: string; readonly held: readonly string[] }
}

const hours = 60
const days = 24 * hours

export const people: readonly SamplePerson[] = [
  {
    first: 'Lucía',
    last: 'Herrera Campos',
    phone: '+34600000142',
    email: 'lucia.herrera@example.es',
    language: 'es',
    channel: 'whatsapp',
    assignee: 0,
    status: 'open',
    minutesAgo: 4,
    tags: ['VIP', 'Taller'],
    stage: 'Cliente',
    custom: { size: 'M', bike: 'Orbea de paseo, verde', points: 612, news: true, pickUp: '18:30' },
    checkedDaysAgo: 48,
    before: { size: 'S', bike: 'Orbea de paseo' },
    lines: [
      [1 * days + 190, 'in', 'Buenas, ¿seguís teniendo la Orbea de paseo en verde, talla M?'],
      [1 * days + 175, 'out', '¡Hola, Lucía! Queda una en tienda. ¿Te la aparto hasta el sábado?'],
      [1 * days + 170, 'in', 'Sí, por favor 🙌'],
      [1 * days + 168, 'note', 'Apartada detrás del mostrador, con su nombre. Pedir señal si no viene el sábado.'],
      [22, 'in', 'Una cosa más: ¿podéis montarle un portabultos antes de que vaya?'],
      [9, 'out', 'Claro. El de aluminio son 39 € con montaje, y está listo el viernes.'],
      [0, 'in', 'Perfecto, montadlo. El viernes por la tarde paso a recogerla.'],
    ],
  },
  {
    first: 'Emily',
    last: 'Carter',
    phone: '+447700900183',
    email: 'emily.carter@example.co.uk',
    language: 'en',
    channel: 'email',
    subject: 'Four bikes for next weekend',
    assignee: 0,
    status: 'open',
    minutesAgo: 16,
    tags: ['Alquiler', 'Turista'],
    stage: 'Presupuesto',
    custom: { size: 'L', bike: 'Two adult, 20" and 24"', news: false },
    lines: [
      [
        3 * hours,
        'in',
        'Hello,\n\nWe are two adults and two children (7 and 10) and would like to rent four bikes from Friday to Sunday. Do you have child seats and helmets?\n\nBest wishes,\nEmily',
      ],
      [
        2 * hours,
        'out',
        'Hi Emily,\n\nWe do: helmets are included, and both children can ride their own bike in our 20" and 24" sizes. For four bikes over three days it is €168 in all.\n\nShall I keep them for you?\n\nCarmen',
      ],
      [
        0,
        'in',
        'That sounds lovely. Could you also confirm the oak-coloured basket fits the 24" one? And can we drop them off at the station on Sunday?',
      ],
    ],
  },
  {
    first: 'Santiago',
    last: 'Paredes',
    phone: '+525512345678',
    language: 'es',
    channel: 'whatsapp',
    address: '5215512345678',
    assignee: null,
    status: 'open',
    minutesAgo: 31,
    tags: ['Alquiler', 'Turista'],
    stage: 'Interesado',
    custom: { bike: 'De grava, con alforjas' },
    lines: [
      [3, 'in', 'Hola, llego a Sevilla el día 4 desde CDMX y quiero rentar una bici de grava para ir a Doñana.'],
      [0, 'in', '¿Tienen con alforjas? Son cinco días.'],
    ],
  },
  {
    first: null,
    last: null,
    profile: 'Joaco 🚲',
    phone: '+5491123456789',
    language: 'es',
    channel: 'whatsapp',
    address: '5491123456789',
    assignee: null,
    status: 'open',
    minutesAgo: 47,
    lines: [[0, 'in', 'che, ¿hacen envíos del cuadro Zeus a Buenos Aires?']],
  },
  {
    first: 'Valentina',
    last: 'Ospina',
    phone: '+573001234567',
    email: 'vale.ospina@example.com',
    language: 'es',
    channel: 'whatsapp',
    address: '573001234567',
    assignee: 2,
    status: 'open',
    minutesAgo: 62,
    tags: ['Taller'],
    stage: 'Cliente',
    custom: { size: 'S', bike: 'Trek FX 2', points: 145, news: true },
    checkedDaysAgo: 1,
    lines: [
      [50, 'in', 'Hola, la bici que dejé ayer hace un ruido al pedalear en subida'],
      [41, 'out', 'Hola, Valentina. La hemos mirado: es el eje de pedalier. Cambiarlo son 45 € y hoy mismo queda.'],
      [0, 'in', 'Vale, hacedlo. Gracias por avisar antes 😊'],
    ],
  },
  {
    first: 'Noah',
    last: 'Williams',
    email: 'noah.williams@example.com',
    language: 'en',
    channel: 'email',
    subject: 'Invoice for the Ribera City',
    assignee: 3,
    status: 'open',
    minutesAgo: 2 * hours,
    tags: ['Empresa', 'VIP'],
    stage: 'Fiel',
    custom: {
      size: 'XL',
      bike: 'Ribera City',
      points: 1280.5,
      billing: 'accounts@williams.example',
      page: 'https://williams.example/fleet',
    },
    checkedDaysAgo: 402,
    before: { points: 780.5 },
    lines: [
      [
        1 * days,
        'in',
        'Hi, I bought a Ribera City on Monday. Could you send the invoice with my company’s VAT number on it? ESB00000000.',
      ],
      [5 * hours, 'out', 'Hello Noah, here it is, dated the 23rd. Tell me if anything is missing.'],
      [0, 'in', 'Got it, thanks! That solved it.'],
    ],
  },
  {
    first: 'Inés',
    last: 'Castellano',
    phone: '+34600000177',
    language: 'es',
    channel: 'sms',
    address: '+34600000177',
    assignee: 1,
    status: 'open',
    minutesAgo: 3 * hours,
    tags: ['Taller'],
    stage: 'Cliente',
    custom: { size: 'M', bike: 'Plegable Dahon', news: true, pickUp: '20:00' },
    checkedDaysAgo: 2,
    lines: [
      [2 * days, 'out', 'Inés, tu bici está lista. Abrimos hasta las 20:30.'],
      [0, 'in', '¿Puede recogerla mi hermano? Se llama Álvaro.'],
    ],
  },
  {
    first: 'Renata',
    last: 'Aguilar Soto',
    phone: '+525587654321',
    email: 'renata@example.mx',
    language: 'es',
    channel: 'whatsapp',
    address: '5215587654321',
    assignee: 1,
    status: 'snoozed',
    minutesAgo: 20 * hours,
    tags: ['Curso'],
    stage: 'Interesado',
    custom: { news: true },
    lines: [
      [90, 'in', '¿El curso de mecánica básica vuelve en enero?'],
      [60, 'out', 'Sí, la fecha sale la semana que viene. Te escribo en cuanto la tengamos.'],
      [0, 'in', '¡Gracias! Quedo pendiente.'],
    ],
  },
  {
    first: 'Tomás',
    last: 'Echeverría',
    email: 'tomas.echeverria@example.es',
    language: 'es',
    channel: 'email',
    subject: 'Cambio de dirección',
    assignee: null,
    status: 'open',
    minutesAgo: 22 * hours,
    tags: ['VIP'],
    stage: 'Fiel',
    custom: { size: 'L', bike: 'Gravel Ribera 2', points: 940, news: true },
    checkedDaysAgo: 390,
    lines: [
      [
        0,
        'in',
        'Buenas tardes:\n\nQuisiera cambiar la dirección de entrega del pedido BR-2041. Ahora es Calle Feria 18, 3.º B.\n\nGracias,\nTomás',
      ],
    ],
  },
  {
    first: 'Amélie',
    last: 'Rousseau',
    phone: '+33612345678',
    email: 'amelie.rousseau@example.fr',
    language: 'fr',
    channel: 'whatsapp',
    address: '33612345678',
    assignee: 3,
    status: 'open',
    minutesAgo: 26 * hours,
    tags: ['Alquiler', 'Turista'],
    stage: 'Presupuesto',
    custom: { bike: 'Dos eléctricas, sábado' },
    lines: [
      [30, 'in', 'Bonjour, est-ce que vous parlez français ? Je cherche deux vélos électriques pour samedi.'],
      [
        12,
        'out',
        'Bonjour Amélie ! Un petit peu 🙂 Nous avons deux électriques libres samedi, 35 € la journée chacun.',
      ],
      [0, 'in', 'Super, je les prends. On arrive vers 10 h.'],
    ],
  },
  {
    first: 'Marta',
    last: 'Gil Ferrer',
    phone: '+34600000191',
    email: 'marta.gil@example.com',
    language: 'es',
    channel: 'whatsapp',
    address: '34600000191',
    assignee: 2,
    status: 'closed',
    minutesAgo: 2 * days,
    tags: ['Taller'],
    stage: 'Cliente',
    custom: { size: 'S', bike: 'Conor City', points: 220 },
    checkedDaysAgo: 371,
    lines: [
      [40, 'in', '¿A qué hora cerráis hoy?'],
      [38, 'out', 'A las 20:30, Marta.'],
      [0, 'in', 'Genial, gracias.'],
    ],
  },
  {
    first: 'M.',
    last: 'Gil',
    email: 'marta.gil@example.com',
    language: 'es',
    channel: 'email',
    subject: 'Revisión anual',
    assignee: null,
    status: 'open',
    minutesAgo: 28 * hours,
    lines: [[0, 'in', 'Hola, quería pedir cita para la revisión anual de mi bici. Cualquier tarde me viene bien.']],
  },
  {
    first: 'Oliver',
    last: 'Bennett',
    phone: '+447700900112',
    language: 'en',
    channel: 'whatsapp',
    address: '447700900112',
    assignee: 3,
    status: 'closed',
    minutesAgo: 3 * days,
    tags: ['Alquiler', 'Turista'],
    stage: 'Cliente',
    custom: { bike: 'De carga', points: 96 },
    lines: [
      [120, 'in', 'Morning! We left a helmet in the cargo bike, a blue one.'],
      [100, 'out', 'Found it, Oliver. It is at the counter with your name on.'],
      [0, 'in', 'Legends. See you tomorrow.'],
    ],
  },
  {
    first: 'Beatriz',
    last: 'Nogueira',
    phone: '+5511987654321',
    email: 'bia.nogueira@example.com.br',
    language: 'pt',
    channel: 'whatsapp',
    address: '551187654321',
    assignee: 1,
    status: 'open',
    minutesAgo: 30 * hours,
    tags: ['Alquiler'],
    stage: 'Interesado',
    lines: [[0, 'in', 'Oi! Vocês alugam capacete infantil? Vamos em dezembro com a minha filha de 4 anos.']],
  },
  {
    first: 'Youssef',
    last: 'El Amrani',
    phone: '+212612345678',
    language: 'ar',
    channel: 'whatsapp',
    address: '212612345678',
    assignee: null,
    status: 'open',
    minutesAgo: 33 * hours,
    lines: [[0, 'in', 'مرحبا، هل عندكم دراجات للأطفال؟ سنصل يوم الأحد.']],
  },
  {
    first: 'Pilar',
    last: 'Domínguez',
    phone: '+34600000155',
    language: 'es',
    channel: 'sms',
    address: '+34600000155',
    assignee: 2,
    status: 'closed',
    minutesAgo: 4 * days,
    tags: ['Taller'],
    stage: 'Cliente',
    custom: { size: 'M', bike: 'BH Gacela', points: 64, news: false },
    checkedDaysAgo: 5,
    lines: [
      [60, 'out', 'Pilar, el presupuesto del freno es de 28 €. ¿Lo hacemos?'],
      [0, 'in', 'Sí, adelante'],
    ],
  },
  {
    first: 'Jonas',
    last: 'Lindqvist',
    email: 'jonas.lindqvist@example.se',
    language: 'en',
    channel: 'email',
    subject: 'Club visit in March',
    assignee: 1,
    status: 'snoozed',
    minutesAgo: 5 * days,
    tags: ['Club', 'Empresa'],
    stage: 'Presupuesto',
    custom: { page: 'https://club.lindqvist.example', billing: 'kassa@lindqvist.example' },
    lines: [
      [
        2 * days,
        'in',
        'Hello! Our club (14 riders) plans a week around Seville in March. Could you store our bikes overnight and do small repairs?',
      ],
      [
        1 * days,
        'out',
        'Hello Jonas, with pleasure: we have a locked room for twenty bikes, and the workshop opens at 9. I will send an offer once the March calendar is fixed.',
      ],
      [0, 'in', 'Wonderful, no hurry. Thank you!'],
    ],
  },
  {
    first: 'Rocío',
    last: 'Benítez',
    phone: '+34600000163',
    email: 'rocio.benitez@example.com',
    language: 'es',
    channel: 'whatsapp',
    address: '34600000163',
    assignee: 0,
    status: 'closed',
    minutesAgo: 6 * days,
    tags: ['VIP', 'Curso', 'Taller'],
    stage: 'Fiel',
    custom: { size: 'M', bike: 'Carretera Ribera Uno', points: 1530, news: true, pickUp: '17:45' },
    checkedDaysAgo: 120,
    lines: [
      [20, 'in', '¿Tenéis cámaras de 700x28 con válvula larga?'],
      [14, 'out', 'Sí, a 7 €. Te guardo dos si quieres.'],
      [0, 'in', 'Dos, sí. Voy esta tarde.'],
    ],
  },
  // three who may be somebody above: certainly, probably, and perhaps
  {
    first: 'Lucía',
    last: 'Herrera',
    email: 'lucia.herrera@example.es',
    language: 'es',
    channel: 'email',
    subject: 'Factura de la Orbea',
    assignee: 0,
    status: 'closed',
    minutesAgo: 9 * days,
    tags: ['Empresa'],
    stage: 'Cliente',
    custom: { size: 'S', billing: 'facturas@herrera.example' },
    lines: [
      [1 * days, 'in', 'Hola:\n\n¿Me podéis mandar la factura de la señal a nombre de la empresa?\n\nLucía Herrera'],
      [0, 'out', 'Hola, Lucía:\n\nTe la adjuntamos en cuanto recojas la bici.\n\nCarmen'],
    ],
  },
  {
    first: null,
    last: null,
    phone: '+573001234567',
    language: 'es',
    channel: 'sms',
    address: '+573001234567',
    assignee: 2,
    status: 'closed',
    minutesAgo: 11 * days,
    lines: [
      [30, 'out', 'Su bicicleta está lista. Taller Ribera, hasta las 20 h.'],
      [0, 'in', 'Gracias, paso mañana'],
    ],
  },
  {
    first: 'Mark',
    last: 'Carter',
    email: 'emily.carter@example.co.uk',
    language: 'en',
    channel: 'sms',
    address: '+447700900184',
    phone: '+447700900184',
    assignee: null,
    status: 'closed',
    minutesAgo: 12 * days,
    lines: [[0, 'in', "Hi, it's Mark. If you need us by mail, please use Emily's address."]],
  },
  // nobody wants to hear from them
  {
    first: 'Promo',
    last: 'Ganga 24h',
    phone: '+34600000199',
    language: 'es',
    channel: 'sms',
    address: '+34600000199',
    assignee: 1,
    status: 'closed',
    minutesAgo: 7 * days,
    stage: 'Perdido',
    lines: [
      [40, 'in', '¡Enhorabuena! Su número ha sido elegido. Responda GANGA para recibir su premio.'],
      [0, 'in', 'ÚLTIMO AVISO: su premio caduca hoy. Responda GANGA.'],
    ],
    blocked: {
      reason: 'Spam',
      held: ['Créditos al momento, sin papeles.', 'GANGA 24h: todo al 90 %.', '¿Nos dejaría su número de cuenta?'],
    },
  },
]
