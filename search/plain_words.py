"""Everyday words and those of the trade, which are hardly ever meant as a name, as stems.

Pure. They are not looked for by sound: port is not Farid, court is not Kurt, bill is not William.
"""

from search.stemming import stem

_ENGLISH = """
able accept account accuse across act action active actor add address adjourn adult africa african
age agency agent agree aid aim air alarm alert alive all allow alone already also alter always
among amount ancient anger angle animal annual answer ape appeal appear apply april area arm army
arrest arrive art article ask asset assist attach attack attempt attend august aunt author avoid
award away baby back bad bag bail bait bale ban band bank bar bare barge bark barrel base basket
batch battery bay beach bead bean bear beat bed bee beer begin belief bell belong belt bench bend
berth best bet better big bill bin bird birth bit bite black blade blame blank block blood blow
blue board boat body bomb bone bonus book boot border born borrow boss bottle bottom bow bowl box
boy brain branch brand brave bread break bribe bridge brief bright bring broke broker brother brown
brush bucket build bull bullet bundle burn bury bus bush business busy buy buyer cabin cabinet
cable cage cake calf call calm camera camp canal cancel cane cap capital captain car carbon card
care cargo carpet carrier carry cart carton carve case cash cast castle cat catch cattle cause cave
cell cement cent center central centre chain chair chalk chance change channel charge chart charter
chase cheap check cheese chemical cheque chest chicken chief child chilled chin chip choice choose
church cigar circle cite city civil claim class clean clear clerk client climb clinic clock close
cloth cloud club coach coal coast coat cocoa code coffee coin cold colour column come common
company compass complete conceal concern confirm consign consignee consignor container contract
control convict cook cool copper copy cord core corn corner corpse correct corrupt cost cotton
couch cough count counter country county couple coupon course court cousin cover cow crab crack
craft crane crash crate cream create credit creek crew crime criminal crop cross crossing crowd
crown cry cup current custody custom cut cycle daily dairy dam damage dance danger dark dart data
date daughter dawn day dead deal dealer dear death debt decade december decide deck declare deep
deer defence defend delay delete deliver demand deny depart depot depth desert desk despatch detail
detain detect diary die diesel differ dig digest dinner dirt dirty disc disease dish dispatch
dispose district ditch dive divide dock doctor document dog dollar domain donkey door double doubt
down dozen draft drag draw drawer dress drill drink drive driver drone drop drug drum dry duck due
dump dust duty eagle ear early earn earth east easy eat edge edit educate effect egg eight either
elect elephant eleven empty end enemy engine english enjoy enough enter entry envelope equal error
escape estate estimate evening event ever every evidence exact examine exchange exhibit exit expect
expert export exporter eye face fact factory fail fair fake fall false fame family far fare farm
farmer fast fat father fault fear february fee feed feel female fence ferry few field fifteen fifth
fifty fight figure file fill film final find fine finger finish fire firm first fish fisher five
fix flag flat flight float flood floor flour flow flower fly folder follow food foot force foreign
forest forge forget fork form forty forward found four fox frame free freight fresh friday friend
frog front frozen fruit fuel full fun fund funnel fur further future gain game gang gap garage
garden gas gate gather gear general get giant gift ginger giraffe girl give glass glove glue goat
god gold good goods govern grade grain gram grand grant grape grass grave gray great green grey
ground group grow guard guess guest guide guilty gum gun habit hair half hall hammer hand handle
hang happen happy harbour hard harm hat hatch haul hawk head heal health hear hearing heart heat
heavy height hello help hen herd here hidden hide high hill hip hire history hit hold hole home
honey hook hope horn horse hospital hot hotel hour house huge human hundred hunt hunter hut ice
idea idle image import importer inch increase index indian indict inform informant injure ink
inquiry insect inside inspect insure interest intern international invoice iron island issue item
ivory jail january jar jaw job join joint joke judge judgment juice july jump june junior jury just
keep kenya kenyan key kill killer kilo kilogram kind king kit kitchen knife know label labour lack
ladder lade lady lake lamp land lane language laptop large last late laugh law lawyer lay lead leaf
league leak learn lease leather leave left leg legal lemon leopard less let letter level licence
license lid lie life lift light like lime limit line link lion lip list little live liver lizard
load loan local lock log logbook long look loose lorry lose loss lost lot loud love low luck lunch
machine magistrate mail main major make male mammal man manage manager mandate manifest many map
march marine mark market mass mast master match mate matter may meal mean measure meat media meet
meeting melt member memo mention mess message metal meter method middle mile milk mill million mind
mine mineral minister minor minute mirror miss mission mist mix mobile model money monkey month
moon more morning most mother motion motor mount mouse mouth move much mud murder music nail naked
name narrow nation near neck need net network never new news next nice night nine noise noon nor
north nose note notice novel november now number nurse nut oath object ocean october odd offence
offend offer office officer oil old olive once onion open operate opinion option orange order
ordinary origin other otter outer over owe owl own owner pack package pad page pain paint pair pale
palm pan pangolin panel paper parcel park parrot part partner party pass passenger passport past
patch path patrol patron pattern pause paw pay payment peace pen penalty people pepper perch period
permit person pet petrol phone photo photograph pick picture piece pig pile pill pilot pin pine
pink pipe pirate pistol place plain plan plane plant plastic plate play plea plead please plot plug
plus pocket point poison pole police policy pool poor port portal porter pose post pot potato pound
powder power practice present press pretty prevent price pride print prison private prize probe
process produce product profit prompt proof proper property prosecute prosecutor protect proud
prove public pull pump pupil purchase pure purple push put python quality quarter quay queen
question queue quick quiet quit rabbit race rack radio raid rail rain raise ram ranch range ranger
rank rare rat rate ratio raw reach read ready real reason rebel receipt receive record recover red
reed reef refer refuse region register regular relate release rely remain remand remark remote
remove rent repair repeat reply report request rescue reserve rest result retail retire return
revenue review reward rhino rib rice rich ride rifle right ring rise risk river road roast rob
robber rock rod role roll roof room root rope rose rosewood rotten rough round route row rubber
rule ruling run rural rush sack sad safe safety sail sailor salary sale salt same sample sand
sandal save saw scale scan scanner scar scene school science score scout scrap screen scrub sea
seal search season seat second secret section secure see seed seek seem seize seizure sell seller
send senior sense sentence separate september sergeant serial serve service set settle seven shade
shadow shape share shark sharp shed sheep sheet shelf shell shelter shift shine ship shipper
shipping shirt shock shoe shoot shop shore short shot shoulder show shower shut sick side sight
sign silence silk silver similar simple since sing single sink sister site six size skin skull sky
slave sleep slice slip slow small smart smell smile smoke smuggle smuggler snail snake snare snow
soap social soft soil soldier sole solid solve some son song soon sorry sort sound soup source
south space spare speak special species speech speed spell spend spice spider split spot spray
spring spy squad square staff stage stain stamp stand star start state statement station status
stay steal steel stem step stick still stock stomach stone stop storage store storm story stove
straight strange straw stream street strike string strip strong student study stuff style submit
sue sugar suit sum summary summon sun sunday supply support sure surface suspect swear sweet swim
swing sworn system table tag tail take tale talk tall tame tank tanker tape target task taste tax
taxi tea teach team tear telephone tell ten tenth tent term test text thank theft thick thief thin
thing think third thirty thousand three throw thursday ticket tie tiger tight tile till timber time
tin tip tire title tobacco today toe together toll tomato tomorrow ton tone tongue tonne tool tooth
top torch tortoise total touch tour tow towel tower town toy track trade trader traffic trafficker
trail trailer train transfer transit trap travel tray treat tree trial tribe trick trip trophy
truck true trunk trust truth try tube tuesday tug turn turtle tusk twelve twenty twice twin two
type tyre ugly uncle under union unit until upper urban urgent use user usual valley valuable value
van vehicle vendor verdict verify vessel vet vest victim video view village virus visa visit voice
volume vote voyage wage wagon wait walk wall want war ward warden ware warehouse warm warn warrant
wash waste watch water wave wax way weak weapon wear weather web wednesday week weigh weighbridge
weight well west wet whale wheel white whole wide widow wife wild wildlife will win wind window
wine wing winter wipe wire wise wish witness wolf woman wood wooden wool word work worker world
worry worth wound wrap wreck wrist write wrong yacht yard year yellow yesterday yet young zebra
zone zoo
"""
_FRENCH = """
accuse achat acte affaire aide animal annee appel argent arme arret article avocat balance banc
bateau bete bien blanc bois boite bord bras bureau caisse camion carte cas cause chaine chambre
chasse chat chef cheval chien chiffre chose cite clef code cœur colis commerce compte conteneur
contrebande cote coupable cour cours cuir date defense deux dent depot dernier dix document dossier
douane douanier droit eau ecaille elephant enquete entree envoi espece etat expert facture femme
fer feu feuille fin fleuve foret fret garde gare gens grand greffe haut heure homme huit illegal
ivoire janvier jour journee juge jugement juillet juin jury justice lettre lieu ligne liste livre
loi main maison marchandise marche mars matin mer mois mort mot navire neuf noir nom nord note nuit
numero objet ouest page paix pangolin parc passeport patte pays peau peine piece pied piste plage
plainte plomb poids point poisson police pont port porte poste preuve prison prix procureur produit
province quai quatre rapport region reseau riviere rouge route sac saisie sang scelle sept sol
somme sortie sud suspect tabac taxe temoin temps terre tete tigre trafic trafiquant trois tribunal
valeur vente vert viande vie village ville vin vingt voie voiture vol voleur zone
"""
_SWAHILI = """
afisa afya aina ajili alama amri ardhi askari baba bahari bandari barabara barua bei benki bila
biri chai chakula chama cheti chini chombo chui chumba dawa dini duka duma elimu eneo faini faru
fedha forodha gari gereza ghala gunia habari hakimu hali haki hati hukumu idadi jaji jambo jangili
jela jicho jina jino jioni juu kaburi kahawa kampuni kazi kenya kesi kesho kiasi kibali kichwa
kielelezo kifaru kifo kijiji kilo kipande kisiwa kitabu kitu kobe kodi kofia kontena kosa kucha
kumi lakini leseni leo lori mahakama mahali maji mali mama mamba mamlaka mashtaka mawakili mbao
mbele mchele meli meno mfuko mguu mifupa miili mizigo mkoba mkono mlango mlinzi mnada mnyama moja
moto moyo mpaka mshtakiwa msitu mtoto mtu mtuhumiwa mwaka mwezi mwili mwindaji mwisho mzigo nambari
nchi ndege ndovu ngozi nguo nne nyama nyara nyati nyoka nyumba nyumbani ofisa ofisi paa pembe pesa
polisi punda rafiki rangi ripoti risasi risiti rushwa saa sababu safari samaki sampuli sanduku
sehemu sembe serikali shahada shahidi shamba shehena sheria shirika shule siku silaha simba simu
sita sukari tabia taifa tarehe tatu tembo twiga uchunguzi ufisadi uhalifu ujangili ulinzi upande
ushahidi usiku wakati wakili wanyama wilaya wiki wizi yadi zebaki
"""
STEMS = frozenset(map(stem, (_ENGLISH + _FRENCH + _SWAHILI).split()))
