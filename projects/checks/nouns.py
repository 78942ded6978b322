"""English nouns that name tables, in the singular: what a program must know to tell order from orders."""

from projects.checks.words import word_set

# A word outside this list is not called singular: it may be no English word at all.
NOUNS = word_set(
    """
    abbreviation ability absence abstract academy acceptance access accessory accident accommodation account
    accountant accrual achievement acknowledgement acquisition action activity actor adapter addon address
    adjustment administrator admission advance advert advertisement advisor affiliate affiliation agency agenda
    agent aggregate agreement air airline airplane airport alarm album alert alias alignment allergy
    allocation allotment allowance amendment amenity amount analysis analyst animal annotation announcement answer
    apartment api app appeal appearance appliance applicant application appointment appraisal approach approval
    approver archive area argument arrangement arrival article artifact artist aspect assembly assertion assessment
    asset assignee assignment assistant association athlete atlas attachment attack attempt attendance attendee
    attribute auction auditor author authority authorization availability avatar average award axis backend backlog
    backup badge bag balance band bank banner barcode base basis basket batch battery bay beacon bean bed benchmark
    beneficiary benefit bet bias bicycle bid bidder bike bill bin binding birth blob block blog board boat body
    bonus book booking bookmark boolean border bottle bounce boundary box branch brand breach break breed bridge
    briefing broadcast broker browser bucket budget buffer bug build builder building bulletin bundle bus business
    button buyer cabin cache calculation calendar call callback camera campaign campus candidate canvas capability
    capacity capture car card cardholder career cargo carrier cart case cashier catalog catalogue category
    cause celebrity cell center centre certificate certification chain challenge change changelog channel chapter
    character charge chargeback chart chat check checkin checklist checkout checkpoint child choice circle citation
    city claim class classification classroom clause client clinic clip clock closure club cluster coach code coin
    collaborator colleague collection collector college color colour column comment commission commit commitment
    committee commodity community company comparison competence competition competitor complaint completion
    component computer concept concern condition conference configuration confirmation conflict connection connector
    consent console constant constraint construction consultant consultation consumer contact container contest
    context continent contract contractor contribution contributor control controller conversation conversion cookie
    copy corner correction cost counselor count counter counterparty country county coupon course court cover
    coverage craft creator credential credit creditor crew crime criterion crop cube culture curator currency
    curriculum customer cycle dashboard database dataset date day deadline deal dealer death debit debt debtor
    decision declaration decline deduction default defect definition degree delegate delegation delivery demand demo
    dentist department departure dependency dependent deployment deposit depositor depot derivative description
    design designer desk destination detail detection developer deviation device diagnosis diagnostic diagram dialog
    dictionary diet difference dimension diploma direction director directory disability disbursement discipline
    disclosure discount discovery discrepancy discussion disease dish disk dispatch display disposal dispute
    distance distribution distributor district dividend division doctor document domain donation donor door download
    draft draw drawing driver drop drug duplicate duration duty earning edge edit edition editor effect effort
    election element email embedding emergency emission employee employer employment enclosure encounter endorsement
    endpoint engagement engine engineer enquiry enrollment enrolment enterprise entitlement entity entrance entry
    enum environment episode equation error escalation estimate evaluation event evidence exam examination example
    exception excerpt exchange exclusion execution executive exemption exercise exhibit exhibition expectation
    expense experience experiment expert expiry explanation export exposure expression extension extra extract
    fabric facility fact factor factory faculty failure fair family fan faq fare farm farmer favorite favourite
    feature fee feed field fighter figure file filing film filter finding fine fingerprint firm fixture flag fleet
    flight floor flow folder follower font food foot footer force forecast form format formula forum forwarder
    foundation fraction fragment frame framework franchise freight frequency friend friendship function fund funding
    fuse gallery game gap garage gas gate gateway genre geometry gift giveaway glass glossary goal goose grade grant
    graph grid group guarantee guarantor guardian guess guest guide guideline habit handler handset hardness hash
    hashtag header heading headline hearing heartbeat height heir help hero highlight hint hire hit hobby hold
    holder holding holiday home hook horse hospital host hostname hotel hour house household hub icon idea
    identifier identity image impact import impression improvement incident income increment index indication
    indicator individual industry influencer ingredient initiative injury inmate input inquiry inspection inspector
    installation installment instalment instance institution instruction instructor instrument insurance insurer
    integration interaction interest interface interval interview interviewer invention investigation investment
    investor invitation invite invitee invoice isolation issue issuer item iteration itinerary job join journal
    journalist journey judge judgement judgment junction jurisdiction key keyboard keyword kid kind kiosk kit lab
    label laboratory landlord landmark language laptop lawyer layer layout lead leader leaderboard leaf league
    learner lease leave lecture ledger lender lens lesson letter level liability library licence license licensee
    life lift like limit limitation line link list listener listing literal loan lobby location lock locker log
    login logo lot lottery lounge machine magazine mailbox maintainer man manager mandate manifest manual
    manufacturer map margin mark marker market marketplace match material matrix matter meal measure measurement
    mechanic medal medication medicine meeting member membership memo memory mentor menu merchant merge message
    meter method metric migration mile milestone mineral minister minute mission mistake mixture mobile mode model
    moderator modification modifier module moment monitor month mortgage motion motor mount mouse move movement
    movie municipality museum musician mutation name namespace narrative nation nature need neighbor neighborhood
    neighbour network node nomination nominee norm note notebook notice notification novel number nurse nutrient
    oath object objection objective obligation observation observer occasion occupation occurrence offence offense
    offer offering office officer operation operator opinion opportunity option order ordering organ organisation
    organization origin outage outbox outcome outlet outline output overdraft override owner ownership pack package
    packet page painting pair pallet panel paper paragraph parameter parcel parent park parking part participant
    participation partition partner partnership party pass passage passenger passport password patch path patient
    pattern pause payee payer payment payout payroll peer penalty pension performance performer period permission
    permit person pet pharmacy phase phone photo photograph phrase physician picture piece pilot pin pipe pipeline
    pixel place placeholder placement plan plane planet plant plate platform play player playlist plot plugin point
    policy policyholder poll pollutant pool population port portal portfolio position possession post postcode
    poster posting power practice practitioner precedent prediction preference premise premium prerequisite
    prescription presence present presentation president preview price pricing principal principle print printer
    priority prisoner prize problem procedure process processor producer product production professor profile
    program programme project projection promise promotion prompt proof property proposal protocol prototype
    provider province provision publication publisher purchase purchaser purpose qualification quality quantity
    quarter query quest question questionnaire queue quiz quota quotation quote race rack radio range rank ranking
    rate rating ratio reaction reader reading reason rebate receipt receivable receiver recipe recipient
    recommendation reconciliation record recording recruiter recurrence redemption redirect reduction referee
    reference referral refill reform refugee refund region register registrant registrar registration registry
    regulation regulator reimbursement rejection relation relationship release reliability relic reminder remittance
    renewal rental repair repayment replacement replay replica reply report reporter repository representative
    request requester requirement reservation reset residence resident resolution resource respondent response
    responsibility restaurant restriction result resume retailer retention return revenue reversal review reviewer
    revision reward rider right ring risk ritual road role room root roster rotation round route routine row royalty
    rule run runner salary sale salesperson sample sanction satellite scale scan scanner scenario schedule schema
    scheme scholarship school science scope score scoreboard scorecard screen screening screenshot script sculpture
    season seat secret secretary section sector segment seizure selection seller semester seminar sender sensor
    sentence sentiment sequence serial server service session set setting settlement severity share shareholder
    sheet shelf shelter shift ship shipment shipper shop shortage shortcut show shutdown sibling side sign signal
    signature signer signup singer site size skill skin slice slide slot snapshot society soldier solution song sort
    source space span speaker specialist speciality specialty specification specimen speech spell spend sponsor
    sponsorship spot sprint squad square stack stadium stage stakeholder stamp standard star start state statement
    station statistic statue status statute stay step stock stop storage store story strategy streak stream street
    strength structure student studio study style subcategory subject submission subscriber subscription subsidiary
    subsidy subtask subtype success successor suggestion suite summary supervisor supplement supplier supply
    surcharge surgeon surgery survey suspect suspension switch syllabus symbol symptom sync synonym system table
    tablet tag talent talk tank target tariff task tax taxi taxonomy taxpayer teacher team technician technique
    technology telephone template tenancy tenant tender term terminal territory test testimonial text theater
    theatre theme theory therapist therapy thing thought thread threat threshold thumbnail ticket tie tier time
    timeline timer timeslot timestamp timezone tip title toggle token toll tool tooth topic total touchpoint tour
    tourist tournament tower town track tracker trade trademark trader trail trailer train trainee trainer training
    trait tramway transaction transcript transfer transformation transition translation transmission transport trap
    travel traveler traveller treatment tree trial tribe trigger trip truck trustee tuition turn tutor tutorial type
    unit universe university upgrade upload upvote usage user utility vacancy vacation vaccination vaccine valuation
    value van variable variant variation vector vehicle vendor venue verdict verification version vessel veteran
    video view viewer village violation virus visa visit visitor vitamin voice volume volunteer vote voter voucher
    voyage vulnerability wage waiter waitlist waiver wallet ward warehouse warning warrant warranty watcher
    watchlist wave waypoint weapon webhook webinar website week weight wheel widget window winner wish wishlist
    withdrawal witness woman word worker workflow workgroup workload workout workplace worksheet workshop workspace
    workstation writer year yield zipcode zone
    """
)

# Words that serve as singular and plural, or that have no plural anyone would use.
MASS_NOUNS = word_set(
    """
    advice aircraft audience bandwidth cash cattle clothing content correspondence data equipment feedback fish
    furniture hardware history info information infrastructure inventory jewelry knowledge luggage mail media
    merchandise metadata money music news personnel progress research security series sheep software species staff
    stuff telemetry traffic weather work
    """
)
IRREGULAR_PLURALS = {
    "alumnus": "alumni",
    "analysis": "analyses",
    "appendix": "appendices",
    "axis": "axes",
    "basis": "bases",
    "child": "children",
    "crisis": "crises",
    "criterion": "criteria",
    "curriculum": "curricula",
    "diagnosis": "diagnoses",
    "echo": "echoes",
    "elf": "elves",
    "emphasis": "emphases",
    "foot": "feet",
    "goose": "geese",
    "half": "halves",
    "hero": "heroes",
    "hypothesis": "hypotheses",
    "knife": "knives",
    "leaf": "leaves",
    "life": "lives",
    "loaf": "loaves",
    "man": "men",
    "matrix": "matrices",
    "mouse": "mice",
    "ox": "oxen",
    "parenthesis": "parentheses",
    "person": "people",
    "phenomenon": "phenomena",
    "potato": "potatoes",
    "quiz": "quizzes",
    "salesperson": "salespeople",
    "shelf": "shelves",
    "stimulus": "stimuli",
    "synopsis": "synopses",
    "thesis": "theses",
    "thief": "thieves",
    "tomato": "tomatoes",
    "tooth": "teeth",
    "vertex": "vertices",
    "veto": "vetoes",
    "wife": "wives",
    "wolf": "wolves",
    "woman": "women",
}
# Plurals beside the usual ones.
OTHER_PLURALS = {
    "bases": "base",
    "curriculums": "curriculum",
    "indices": "index",
    "matrixes": "matrix",
    "persons": "person",
    "vertexes": "vertex",
}
