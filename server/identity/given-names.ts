/**
 * Given names and the forms one person goes by: each line is one name, its spellings and its short forms, in ASCII lower case.
 * Written from common knowledge, one line per gender, so that Francisco never meets Francisca; a short form used for both
 * stands in both lines. Names without short forms follow at the end: they only tell a name from a misspelling.
 */
const english = `
abigail abby gail abbie
abraham abe bram
adam addy
adelaide addie heidi
albert al bert bertie
alexander alex alec sandy xander sasha lex alexandre aleksander alexandr aleksandr oleksandr alik shura sanya aleksandar iskander
alexandra alex sandra sasha lexi alexa sandy aleksandra oleksandra shura sanya
alfred al alf fred alfie
alice ali allie alicia
allen alan allan al
amanda mandy
andrew andy drew
angela angie
ann anne annie anna nan
anthony tony antony
arnold arnie
arthur art artie
barbara barb babs barbie
bartholomew bart
benjamin ben benny benji
bernard bernie
beverly bev beverley
bradley brad
brian bryan bryant
bridget bridie biddy
calvin cal
cameron cam
carol carole
caroline carrie carolyn caro
catherine katherine kathryn kate katie kathy cathy kitty kat kathleen katharine kay cath katy trina
cecilia cece celia cissy
charles charlie chuck chas chaz charley
charlotte lottie charlie char
chester chet
christina christine chris tina chrissy kristina kristine christy kristy
christopher chris topher kit kristopher christoph
clarence clare
clifford cliff
constance connie
cynthia cindy
daniel dan danny
danielle dani
david dave davey dawid
deborah deb debbie debra
dennis denny den
dominic dom nick dominick
donald don donnie donny
dorothy dot dottie dolly dory
douglas doug
edith edie
edmund ed ted ned eddie
edward ed eddie ted teddy ned
eleanor ellie nora nell eleanora elinor
elizabeth liz beth betty eliza lizzie betsy bess libby lisa elisabeth elsie liza lillibet
emily em emmy millie
emma em emmy
eric erik erick
ernest ernie
esther essie hester
eugene gene
evelyn evie eve
ezekiel zeke
florence flo flossie
frances fran frannie francie
francis frank fran frankie
franklin frank
frederick fred freddy freddie rick frederic fredrick
gabriel gabe
geoffrey jeff geoff jeffrey
george georgie
gerald gerry jerry gerard
gilbert gil bert
gregory greg gregg
gwendolyn gwen wendy
harold harry hal
harriet hattie
harry henry hank hal
helen nell nellie ellen lena
herbert herb bert
howard howie
hubert bert hugh
irene rene
isaac ike zac
isabel belle izzy isabelle ysabel
isabella bella izzy isa
jacob jake jakob
jacqueline jackie jacky
james jim jimmy jamie jem
jane janie jenny
janet jan
jason jay
jean jeannie
jennifer jen jenny jenna
jeremy jerry jem
jerome jerry
jessica jess jessie
joan joanie
joanna jo joanne joann
john johnny jack jon jonny
jonathan jon nathan jonny johnathan
joseph joe joey jo jos
joshua josh
josephine jo josie
joyce joy
judith judy jude
julia jules
julie jules
kenneth ken kenny
kimberly kim kimberley
larry lawrence lars laurence
laura laurie lori
leonard leo len lenny
leslie les
lewis louis lou louie
lillian lil lily lilly
louise lou
hannah hanna
lucille lucy
madeline maddie maddy madeleine
margaret maggie meg peggy marge margie greta rita daisy madge peg megan marguerite
maria mary
marianne maryanne
martha marty mattie patty
martin marty
marvin marv
mary molly polly mae mamie may
matthew matt mathew matty
maurice morris mo moe
maxwell max
megan meg
melissa mel missy lissa
melanie mel
anna anya anyuta anechka annushka nyura
michael mike mick mickey micky mikey micheal mitch
michelle shelly micki shelley
mildred millie
mitchell mitch
nancy nan
natalie nat
nathaniel nate nat nathan
nicholas nick nicky nicolas nico klaus
nicole nicky nikki
norman norm
oliver ollie
olivia liv ollie livvy
oscar ozzie
pamela pam
patricia pat patty trish tricia patsy patti
patrick pat paddy rick
paul paulie
pauline polly
penelope penny
peter pete
philip phil phillip pip
phyllis phyl
priscilla prissy cilla
rachel rae rach rachael
randolph randy randall
raymond ray
rebecca becky becca bekah rebekah
reginald reg reggie
richard rick dick rich ricky richie ritchie
robert bob rob bobby robbie bert robby
roberta bobbie
rodney rod
roger rog rodger
ronald ron ronnie
rosemary rose rosie
russell russ rusty
samantha sam sammie
samuel sam sammy
sarah sally sadie sara
scott scotty
sebastian seb bas
sharon shari
sidney sid sydney
sophia sophie sofie
stanley stan
stephanie steph stefanie
stephen steve steven stevie stephan stefan
stewart stu stuart
suzanne susan sue susie suzy suzie susanna susannah
sylvia syl
terence terry terrence
theodore ted teddy theo
theresa terry tess teresa tessa tracy therese
thomas tom tommy thom
timothy tim timmy
tobias toby
valerie val
vanessa nessa
veronica ronnie vera
victor vic viktor
victoria vicky tori vicki viki
vincent vince vinnie vin
virginia ginny ginger
walter walt wally
wesley wes
wilfred will fred
william bill will billy willie liam willy wm
winifred winnie freda
winston win
zachary zach zack zak zachariah`

const spanish = `
adolfo fito
adrian adri
adriana adri
agustin agus tin
alberto beto tito al
alejandra ale jandra sandra
alejandro ale alex jandro
alfonso poncho fonso
alfredo fredo alf
alicia licha
ana anita
andrea andre andy
andres andy andresito
angel angelito
angeles geles
antonia tona toni
antonio tono tony toni antonito tonin
armando mando
arturo turo arturito
augusto tito
beatriz bea betty beti
benito beni
bernardo nardo berna
camila cami mila
carla carlita
carlos carlitos charly carlo charlie
carmen carmencita carmina menchu
carolina caro
catalina cata lina
cecilia ceci chila
cesar cesarin
concepcion concha conchita conchi
consuelo chelo consuelito
cristian cris christian
cristina cris tina
cristobal cris tobal
daniel dani
daniela dani
dario dari
david davi
diego dieguito
dolores lola loli lolita
eduardo edu lalo eddie
elena nena
emilia emi mili
emilio emi
enrique quique kike henry
ernesto neto
esperanza lancha espe
esteban teban
eugenia maru genia
eugenio genio
federico fede fico
felipe pipe feli
fernanda fer nanda
fernando fer nando
florencia flor
francisca paca paquita francis pancha
francisco paco pancho kiko curro fran paquito quico panchito cisco fco
gabriel gabi gabo
gabriela gabi gaby
gerardo gera jerry
gilberto beto gil
gonzalo gonza chalo
graciela chela
gregorio goyo
guadalupe lupe lupita gpe
guillermo memo guille willy
gustavo gus tavo
hector tito
heriberto beto
hernan nan
humberto beto
ignacio nacho nachito
ignacia nacha
inmaculada inma
isabel isa chabela bel
ivan ivancito
javier javi
jesus chuy chucho chus
joaquin quino joaco
jorge coque jorgito
jose pepe chepe josito pepito jossef
josefa pepa pepita fina josefina
josefina fina pepa
juan juanito juancho
juana juanita
julia julita
julian juli
julio julito
laura lau laurita
leonardo leo
leticia leti lety
lorenzo lencho
lourdes lulu
lucia lucy lu luci
luis lucho luisito
luisa luisita
manuel manolo manu lolo meme
manuela manoli manu
marcela chela marce
marcos marquitos
margarita marga mago rita
maria mari mary maruja mariquita marita ma
mariana mari
mario marito
mauricio mau
mercedes merche meche
miguel migue miguelito mike
monica moni
natalia nati naty talia
nicolas nico
norberto beto
octavio tavo
oscar osky
pablo pablito
patricia paty patri pati
pedro perico pedrito
pilar pili
rafael rafa
ramon moncho mon
raul rauli
ricardo ricky richi rica
roberto beto tito rober bobby
rodolfo fito rodo
rodrigo rodri
rogelio roger
rosa rosita
rosario charo chayo
salvador chava salva
samuel samu
santiago santi chago yago
sebastian sebas seba
sergio checo sergi
silvia chivi
sofia sofi
soledad sole
susana susi susy
teresa tere maite
valentina vale valen
valeria vale
vicente chente vicen
victor vito
victoria vicky viqui
virginia vicky
ximena xime jimena
yolanda yoli
alvaro alvarito
jaime jimmy jaimito
ruben rube
rocio chio
encarnacion encarna
maximiliano maxi max
matias mati
martin tincho
tomas tomasito
ezequiel eze
leandro lea`

const portuguese = `
joao joaozinho jonjon
jose ze zeca zezinho toze
antonio toninho tonho to
francisco chico xico chiquinho
francisca chica
maria mariazinha mia
manuel manel nelo manoel
eduardo edu dudu duda
eduarda duda
luiz luis luisinho lula
carlos carlinhos caca
paulo paulinho
pedro pedrinho
roberto beto betinho
gilberto giba beto
alberto beto
fernando nando
fernanda nanda fe
leonardo leo leozinho
rafael rafa
rafaela rafa
gustavo guga gu
guilherme gui
gabriel biel gabi
gabriela gabi
rodrigo digo rodrigao
ricardo rica
thiago tiago ti
mateus matheus teu
lucas luquinha
felipe filipe fe lipe
henrique rique
augusto guto
isabel bel isa
isabela bela isa
beatriz bia
ana aninha
mariana mari
juliana ju
julia juju ju
camila cami mila
leticia le
adriana dri drica adri
patricia pati
priscila pri
daniela dani
aparecida cida
conceicao ceicao
raimundo mundinho
sebastiao tiao
severino biu
jorge jorginho
marcelo celo
alexandre xande alex
vinicius vini
caetano cae
fatima fafa
terezinha tereza teresa tete
catarina cata
rosangela ro
luciana lu
luiza luisa lu
marcia marcinha
sonia soninha`

const russian = `
alexey alexei aleksey aleksei alyosha lyosha alesha lesha oleksiy
anastasia nastya anastasiya nastia
anatoly tolya anatoliy anatol
andrey andrei andryusha andriy
anton antosha
artyom artem tyoma tema
boris borya
vadim vadik
valentin valya
valentina valya
valery valera valeriy
vasily vasya vasiliy
viktor vitya
viktoria vika viktoriya victoria
vitaly vitalik vitaliy
vladimir vova volodya vlad volodymyr
vladislav vlad vladik
vyacheslav slava
galina galya
grigory grisha grigoriy
darya dasha daria
denis den deniska
dmitry dima mitya dmitri dmitriy dmytro dimitri
evgeny zhenya evgeniy yevgeny eugene yevgeniy
evgenia zhenya yevgenia evgeniya
ekaterina katya yekaterina kate katerina
elena lena yelena olena
elizaveta liza yelizaveta
zinaida zina
ivan vanya
igor igoryok ihor
ilya ilyusha illia
irina ira iryna irisha
kirill kirya kyrylo
konstantin kostya
ksenia ksyusha kseniya xenia oksana
larisa lara
leonid lyonya lenya
lidia lida lidiya
lyubov lyuba
lyudmila lyuda mila ludmila luda
maksim max maxim maks
margarita rita
maria masha mariya marusya
marina marinka
mikhail misha mykhailo
nadezhda nadya
natalia natasha natalya nataliya nata
nikita nikitka
nikolay kolya nikolai mykola
nina ninochka
oksana ksyusha
oleg olezhka oleh
olga olya olha
pavel pasha pavlo
pyotr petya petr petro piotr
roman roma
svetlana sveta svitlana
semyon syoma semen
sergey seryozha sergei serhiy serge serezha
stanislav stas
stepan styopa
tamara toma
tatiana tanya tatyana tania
timofey tima timofei
fyodor fedya fedor
eduard edik
yulia julia yuliya julya
yuri yura yuriy yury yurii
yaroslav slava yarik
svyatoslav slava`

const arabic = `
mohammed muhammad mohamed mohammad muhammed mohamad mohd mohammad mouhamed muh md
ahmed ahmad achmad
mahmoud mahmud mahmut
mustafa mostafa moustafa mustapha
hassan hasan
hussein husain hussain hossein huseyin
ali aly
omar umar omer
youssef yusuf yousef yousuf joseph jusuf youssouf
ibrahim ebrahim brahim
ismail esmail ismael
abdullah abdallah abdulla
abdulrahman abdurrahman abdelrahman abderrahman
abdulaziz abdelaziz
abdelkader abdulqadir abdulkadir
khaled khalid
tarek tariq tarik
karim kareem
rashid rasheed rachid
said saeed sayed
salem salim saleem
samir sameer
jamal gamal djamel
nasser nasir naser
hamid hameed
hamza hamzah
bilal belal
walid waleed
yasser yasir yaser
zaid zayd zayed
fatima fatma fatimah fatemeh
fatoumata fatou
aisha ayesha aicha aysha aishah
khadija khadijah kadija
zainab zeinab zaynab zeynep
maryam mariam meryem miriam
amina aminah
aminata ami
nour noor nur
layla leila laila leyla
salma selma
yasmin yasmine jasmine yasmeen
huda hoda houda
sara sarah
rania raniya
amal amel
osman uthman othman ousmane
suleiman sulayman soliman sulaiman suleyman souleymane
yahya yahia
idris idriss idrissa
musa moussa mousa
isa issa eisa
daoud dawood daud`

const others = `
giuseppe beppe peppe pino giuseppino peppino
giovanni gianni vanni nino
francesco franco cesco ciccio checco
francesca franca checca
antonio toni tonio nino
antonella nella anto
luigi gigi gino
salvatore turi salvo toto
vincenzo enzo
lorenzo enzo renzo
domenico mimmo
alessandro ale sandro alex
alessandra ale sandra
roberto roby
maurizio mauri
raffaele lello
margherita rita
elisabetta betta lisa
giuseppina pina giusy
maddalena lena
federico fede
federica fede
stefano ste
michele lele
emanuele lele manu
andrea andre
matteo teo
caterina cate rina
jean jeannot
pierre pierrot
francois fanfan
jacques jacquot
philippe phil
frederic fred
guillaume gui
michel michou
nicolas nico
stephane steph
veronique vero
dominique domi
emmanuel manu
catherine cathy
sebastien seb
alexandre alex
benoit ben
jeanbaptiste jb
johann johannes hans hannes
friedrich fritz
wilhelm willi willy
heinrich heinz heiner
georg schorsch
jorg jorgen
josef sepp jupp joseph
ludwig lutz
maximilian max
matthias matze hias mathias
michael michi
sebastian basti
thomas tom
ulrich uli
ulrike uli
andreas andi
christian chris
dieter didi
elisabeth elli lisbeth sissi
franziska franzi
gabriele gabi
johanna hanna
katharina kathi kathe katja
margarete grete gretel
susanne susi sanne
ursula uschi ulla
jan janek
katarzyna kasia
malgorzata gosia
aleksandra ola
agnieszka aga
joanna asia
krzysztof krzys
tomasz tomek
wojciech wojtek
jakub kuba
stanislaw staszek
lukasz luki
muhammad mamat
agus agustinus
nurul nur
putri puput
dewi wiwi
rajesh raj
vikram vicky
pradeep deep
sunil suni
lakshmi laxmi
srinivas srini
krishna kris`

const plain = `
aaron abril adela adele adeline agnes ahmet aida aileen akira alba alejo alma amelia amir amit amy anand anil antoine anjali apolonia april ari
ariana ariel arjun arlene asha ashley astrid aurora ava awa axel bianca bintou blanca bonnie boris brandon brenda bruno budi bruna caio candela carina carlo caroline
cassandra celeste celine chiara chloe clara claudia claudio clement colin corinne craig cynthia dalia damian damien dana dario darren davide dean deepak denise
derek diana diane diallo dina dino donna doris dulce dylan edgar edwin efrain eko elaine elias elisa eliseo elsa elvira emiliano enzo erica erika estela ester esther eva
ethan fabian fabiana fabio fabiola facundo fanny faisal farah farid felix filippo fiona flavia flavio freya gaia gavin genevieve gemma german gina gino giorgia giorgio giulia
gloria grace graham greta guido gunther hadi haruto heather hector heidi helena helga hilda holly hugo ian ida imran ines ingrid irma isaiah isidro ivana ivo ivonne
jack jaime jamila jana jasmin javed jayden jenna jerome jill jimena joana joao joel johan jordan jordi josue judas julien juliana juliet juliette justin kamal kamila kareem karen karin karina
karl karla kavita kayla keith kelly kevin kofi koffi kwame kyle lamine lara lars latifa laurent lauren leila leon leona leonor lidia liliana linda lindsay lisandro livia logan loretta lorena louis louise
luana luca lucas luciano luciana lucien ludovic luigi luka luke lukas luna mabel magdalena malik manish marc marcel marcelo marcello marco marcia marcio marcus maribel marina mario marion marisa marisol marjorie mark marko
marlene marta martina mason mateo matteo matilda maureen mauro max maxime maya melina melody meredith mia micaela mila miles milena mina minh miranda miriam mohan moira monique morgan myriam nabil nadia
nadine naomi natasha neha neil nelly nelson nestor nikhil nina noah noel noelia noemi nora norma odette olga omar orlando oswaldo otto owen pablo paloma pamela paola paolo pascal patrice paula paulina paulo petra pia pierre
pooja priya quentin rachid raj ralph ramiro ramona raquel rashmi ravi regina reinaldo renata renato renee reza rita ritu rob roberta rocco roland romain roman romina ron ronaldo rosalia rosana ross roxana ruth ryan
sabrina saida salma salman samira sandeep sandra sanjay santino sasha sean selena serena shane shannon shirley siddharth silvana silvio simon simona simone siti sonia soraya stella stephane steven sri sunita tamara tania tara tatiana tahir thais
tina tito tobias todd tony tracey tracy travis trevor tristan tyler ugo ulises umberto ursula valentin valentino valerio vera verena veronique vicenta viola violeta virgil vito viviana vivian wanda wayne wendy wilma xavier yago yamila yan
yasmin yoko yolanda yves yvette yvonne zara zoe zoran minsu minji jisoo hyun jiwoo haruka hanako taro yuki kenji hiroshi akiko wei ming xiaoming xiaolong lei jing`

/** Surnames one letter apart from each other, or from a given name: close, and yet never a misspelling. */
const surnames = `
fernandez hernandez martinez martin marin marino marini merino moreno romero herrera herrero ferrera ferrero ferreira ferrari silva selva sylva santos santis soto sato rojas rosas rosa rivas rivera ribera vega vera leon
pena pina mora moya mota mata maya morales moraes costa acosta serra sierra serrano soriano torres torre flores florez ramos ramirez ruiz ortiz ortega reyes rey reis rios rio cruz campos campo castro castillo castilla
medina molina mendez mendes mendoza guerra guerrero aguilar aguilera vargas varga salas salinas palacios palacio navarro navarra dominguez rodriguez gonzalez gonzales garcia garza sanchez diaz dias lopez perez peres
gomez gomes alvarez alves vasquez vazquez blanco branco franco bravo pardo prado prada lima lira luna lugo pinto pineda souza sousa almeida barros barro cardoso cardozo carvalho correa correia duarte fonseca
smith smyth johnson johnston jonson jones james miller muller moller wilson wilton watson walton white whyte brown browne green greene clark clarke allen allan harris harrison hall hill hull bell ball young yang wang wong weng zhang
chang chan chen cheng chung chong zheng zhou zhao zhu xu wu liu lin ling li lee kim kin park pack choi cho jung jang kang hang han hahn huang hwang nguyen tran pham phan vo vu le ly ho hoang ivanov petrov popov
sidorov smirnov sokolov volkov kozlov novikov morozov pavlov pavlova popova ivanova petrova khan kahn shah shaw sharma varma verma singh sinha patel patil gupta kumar kumari das dass bose basu roy ray rao reddy ali alam
rossi russo bianchi bianco romano romani ricci rizzi marini mariani gallo galli greco grego conti costa fontana ferri ferro schmidt schmid schmitt schneider schreiber fischer fisher meyer meier maier mayer weber wagner becker
becher hoffmann hofmann koch kock bauer baur braun kruger kramer klein klain wolf wolff santoso susanto santosa wijaya hidayat nugroho saputra saputri setiawan kusuma lestari kone kane keita keira diallo dialo traore toure yao
yeo kouame kouassi kouadio bamba bemba dossou agossou hounsou mendy hansen jansen jensen jenson larsen larson olsen olson nielsen nilsen persson person andersen anderson thompson thomson thomas`

const groups = new Map<string, Set<number>>()
for (const [at, line] of [english, spanish, portuguese, russian, arabic, others]
  .join('\n')
  .split('\n')
  .filter(Boolean)
  .entries()) {
  for (const name of line.split(' ')) {
    const lines = groups.get(name) ?? new Set()
    groups.set(name, lines.add(at))
  }
}
const givenNames = new Set([...groups.keys(), ...plain.trim().split(/\s+/)])
const familyNames = new Set(surnames.trim().split(/\s+/))

/** Do both words name the same person in everyday use, as Bob and Robert, Lupita and Guadalupe? ASCII lower case. */
export function areFormsOfOneName(a: string, b: string): boolean {
  const [ofA, ofB] = [groups.get(a), groups.get(b)]
  return ofA !== undefined && ofB !== undefined && [...ofA].some((line) => ofB.has(line))
}

/** A given name in its own right, which cannot be a slip of the finger for another one. */
export function isGivenName(word: string): boolean {
  return givenNames.has(word)
}

/** A name, given or family, that many people bear: a letter's difference to another such name is a difference of persons. */
export function isEstablishedName(word: string): boolean {
  return givenNames.has(word) || familyNames.has(word)
}
