function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/))
}

/** Said before or after a name; says nothing about who it is. */
export const titles = words(`
  mr mrs ms miss mx dr dra doctor doctora prof professor profesor profesora sir madam rev hon fr capt lt sgt phd md dds esq mba cpa msc bsc rn
  sr sra srta senor senora senorita don dona ing lic licenciada licenciado arq abog mtro mtra cp
  herr frau dipl mme mlle monsieur madame sig signor signora signorina dott dottoressa avv
  haji hajj hajji hajah sheikh shaikh ustad ustaz sayyid bapak pak ibu bu bpk mas mbak kak shri smt`)

/** Set one generation apart from the other under one name. */
export const generations = new Map([
  ['jr', 2],
  ['jnr', 2],
  ['junior', 2],
  ['filho', 2],
  ['hijo', 2],
  ['ii', 2],
  ['neto', 3],
  ['iii', 3],
  ['iv', 4],
  ['snr', 1],
  ['senior', 1],
  ['padre', 1],
])

/** Small words inside names that come and go. */
export const particles = words(`
  de del la las los el da do dos das di du des den der van von zu zum zur ter ten le lo della dello degli dei bin bint ibn ben abu al ul el as ash e y i und and et of the`)

/** What apps and people write where no name is known. */
export const nobody = words(`
  whatsapp whats app wa facebook messenger instagram telegram viber line wechat sms email mail web webchat website chat
  user usuario usuaria utilisateur benutzer utente client cliente clienta customer kunde contact contacto contato kontakt
  unknown desconocido desconhecido unbekannt anonymous anonimo anonim guest invitado visitor visitante besucher
  no name sin nombre nombre sem nome none null undefined nil na nan test prueba teste testing lead prospect prospecto
  new nuevo nueva novo nova old viejo number numero account cuenta deleted eliminado
  me yo eu mama papa mami papi mom dad mum amor vida cielo love bebe baby home casa oficina work trabajo
  private privado personal mobile movil celular cel tel phone telefono xxx xx abc asdf qwerty hola hello hi`)

/** Legal forms: a name with one of these is a company's. */
export const legalForms = words(`
  ltd limited inc incorporated llc llp plc corp corporation gmbh mbh ug ohg sarl sas srl sac sapi slu eirl ltda cia bv pte pty pvt ooo oao zao sacv sadecv kft doo`)

/** Legal forms that are also somebody's name, so they count only in capitals at the end. */
export const shortLegalForms = words('sa sl ag kg co ab as oy nv kk spa se ca cv pt ao')

/** Trades and institutions. Words that many people bear as a surname are left out. */
export const trades = words(`
  taqueria restaurante restaurant ristorante cafe cafeteria bistro pizzeria panaderia pasteleria bakery carniceria fruteria heladeria cerveceria cocina grill kitchen catering
  farmacia pharmacy apotheke tienda store shop boutique moda fashion salon spa barberia barbershop peluqueria estetica beauty belleza nails
  hotel hostal hostel inmobiliaria realty imobiliaria taller mecanica refaccionaria clinica clinic hospital dental dentista consultorio laboratorio laboratorios veterinaria
  escuela colegio school college university universidad academy academia instituto institute kinder gym gimnasio fitness studio studios estudio estudios
  agencia agency consulting consultores consultoria services servicios servicos solutions soluciones group grupo gruppe holding holdings foundation fundacion asociacion association
  iglesia parroquia ministerio municipalidad banco bank seguros insurance travel viajes tours turismo transportes transporte logistics logistica mudanzas taxi
  construcciones constructora ferreteria papeleria libreria bookshop abarrotes minimarket supermercado distribuidora distribuciones comercializadora comercial importaciones exportaciones
  industrias industries industrial technologies tecnologia technology software systems sistemas media marketing digital publicidad imprenta print
  floreria florist optica joyeria zapateria lavanderia tintoreria muebleria autos motors motos garage repair plumbing plomeria electricidad cleaning limpieza
  events eventos fotografia photography support soporte ventas oficial official team equipo staff warehouse bodega loja padaria lanchonete oficina salao mercearia autoescola
  toko warung apotek klinik bengkel laundry rumah sakit magazin apteka salons werkstatt praxis kanzlei reisen immobilien versicherung`)
