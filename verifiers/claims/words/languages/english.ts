import type { Vocabulary } from '../roles.ts';

/** Each of some words before each of others. */
const each = (some: string, others: string): string =>
  some
    .split('|')
    .flatMap((one) => others.split('|').map((other) => `${one} ${other}`))
    .join(' | ');

/** Verbs that say of things what they do, and claim nothing of them. */
const VERBS = `
    go to | goes to | go | goes | went | exist | exists | remain | remains | stay | stays | stayed | passed |
    survive | survives | survived | attend | attends | attended | arrive | arrived | live | lives | lived | voted |
    like | likes | liked | prefer | prefers | preferred | satisfy | satisfies | satisfied | finish | finished |
    qualify | qualified | appear | appeared | participate | participated | graduated | belong | belong to
  `;

export const ENGLISH: Vocabulary = {
  answer: `
    answer | answers | ans | final answer | final result | final solution | correct answer | correct option |
    correct choice | right answer | right option | right choice | best answer | best option | best choice |
    my answer | my choice | my pick | answer choice | required answer | desired answer | correct statement |
    correct response | final choice | most likely answer | correct letter
  `,
  label: 'result | solution | conclusion | output | correct | choice | option | prediction | value',
  others: `
    often-heard | frequent | popular | widespread | book's | textbook's | key's | author's | teacher's | friend's |
    reference | expected | ground truth | given | wrong | incorrect | false | other | another | previous | their |
    his | her | its | student's | someone's | somebody's | initial | naive | tempting | common | earlier |
    original | possible | gold | least likely | worst | provided | trap | no | proposed | candidate | partial |
    first guess | hoped-for | supposed
  `,
  link: `
    forces | cannot be other than | can't be other than | cannot be anything other than |
    can't be anything other than | cannot be anything but | can be nothing but | can be nothing other than |
    can be none other than | can be no other than | can only be | could also be | may also be | might also be |
    could equally be | may equally be | could still be | rounds to | rounds up to | rounds down to | is rounded to |
    factors into | factors as | factorises as | factorizes as | factorises into | factorizes into |
    can be factored as | can be written as | expands to | crosses the x axis at | crosses the y axis at |
    crosses the axis at | cross the x axis at | cross the y axis at | cross the axis at | meets the x axis at |
    meets the y axis at | meets the axis at | meet the x axis at | meet the y axis at | meet the axis at |
    intersects the x axis at | intersects the y axis at | intersects the axis at | intersect the x axis at |
    intersect the y axis at | intersect the axis at | cuts the x axis at | cuts the y axis at | cuts the axis at |
    leaving him with | leaving her with | leaving them with | leaving us with | leaving me with | leaves him with |
    leaves her with | leaves them with | leaves me with | so that's | meet at | meets at | intersect at |
    intersects at | cross at | crosses at | touch at | touches at | lies at | lie at | is located at |
    are located at | is nothing but | is nothing other than | appears to be | seems to be | none other than |
    no other than | might be | could be | may be | may well be | might well be | could well be | may very well be |
    could very well be | need at least | needs at least | requires at least | require at least |
    must have at least | must take at least | must sell at least | must score at least | must get at least |
    must buy at least | needs to sell at least | needs to score at least | will need at least |
    would need at least | can buy at most | can have at most | can make at most | can afford at most |
    can fit at most | is | are | was | were | be | equals | equal to | equal | becomes | 's | it's | that's |
    this is | gives | give | giving | yields | yield | yielding | makes | make | leaves | leave | have | has | had |
    get | gets | got | obtain | obtains | find | finds | we found | i found | is equal to | are equal to | must be |
    should be | should have been | ought to be | would like | will be | would be | has to be | turns out to be |
    comes to | come to | comes out to | comes out at | works out at | comes out to be | comes out as | amounts to |
    adds up to | add up to | totals | measures | costs | cost | ends up facing | end up facing | must have been |
    forms a | forms an | has to have been | is facing | faces | is heading | are heading | is headed | are headed |
    heads | took | land on | lands on | takes | takes her | takes him | takes them | takes us | takes me |
    took her | took him | took them | took us | need | needs | contains | tends to | approaches | evaluates to |
    simplifies to | reduces to | there are | there is | there exist | forces | there remain | there remains |
    is the same as | are the same as | can take | takes on | falls on | fell on | attains | reaches | pays | pay |
    paid | earns | earn | earned | saves | save | saved | spends | spend | spent | owes | owe | wins | win | won |
    sells | sell | sold | buys | buy | bought | collects | collected | travels | travelled | traveled | requires |
    require | weighs | weigh | hold | holds | measure | cover | covers | covered | produce | produces | produced |
    receive | receives | received | drives | drove | walks | walked | uses | eats | ate | reads | lasts |
    equates to | stands at | there were | there will be | works out to | works out to be | works out as |
    results in | can be
  `,
  restate: `
    or about | or approximately | or roughly | or nearly | rounded to | rounded up to | rounded down to |
    which leaves | which makes | which means | for a total of | making | giving | yielding | that is | i e | ie |
    namely | in other words | or rather | which is | which equals | which gives | which equals to | so that is |
    or simply | or equivalently | equivalently
  `,
  pick: `
    am selecting | i'm selecting | selecting | sticking with | sticking to | locking in | lock in | locked in |
    one to go with | one to go for | first to go with | exactly what | precisely what | just what | i've chosen |
    i have chosen | have chosen | i've selected | i have selected | i've picked | i have picked | choose | select |
    pick | go with | going with | chose | picked | selected | i choose | settle on | settle for | settled on |
    settled for | settling on | opting for | opted for | went with | decided on | ended up with | changed it to |
    changed to | changed my answer to | changed my mind to | change it to | change my answer to | switched to |
    switch to | opt for | corresponds to | correspond to | matches | match | leaves us with | that leaves |
    leaving | we are left with | are left with | is left with | am left with | left with | end up with |
    ends up with | we keep | we retain | keep | keeping | retain | retaining | mark | make that | make it |
    it has to be | must be | decide on | conclude with | stick with
  `,
  deny: `
    differs from | differ from | is different from | myth that | a lie that | a fallacy that | untrue that |
    no reason why | no reason to | no need to | no point in | no grounds to | no basis for | not the case that |
    not so that | fails to be | fail to be | failed to be | unlike | no way | no chance | no possibility | not |
    none of | would be a mistake to | would be an error to | would be wrong to | is wrong to | is incorrect to |
    is false to | is misleading to | is a mistake to | is an error to | unlikely to be | unlikely to |
    unlikely that | improbable that | doubtful that | no proof that | no evidence that | no reason to think that |
    no reason to believe that | cannot be | can't be | never | nobody | no one | none | nothing | hardly |
    scarcely | cannot | can't | isn't | aren't | wasn't | weren't | doesn't | don't | didn't | won't | wouldn't |
    couldn't | i withdraw | withdraw my | take back | shouldn't | neither | nor | no longer | rule out | ruled out |
    rules out | reject | rejects | discard | discards | exclude | excludes | eliminate | eliminates | instead of |
    rather than | mistake to | wrong to | incorrect to | error to | unable to | far from | dismiss | drop |
    by no means | hardly | in no way | impossible that | deny | doubt | disagree with | refuse | throw out |
    never mind | one to go | first to go | next to go | to be eliminated | to be ruled out | to be crossed out |
    to be discarded | to be rejected | to be excluded | to cross out | to eliminate | to discard
  `,
  but: 'but | but rather | but instead | rather | instead',
  wrong: `
    it's wrong | it's incorrect | it's false | it's not right | it's not correct | is an upper bound |
    is a lower bound | is only an upper bound | is just an upper bound | is only a lower bound |
    is just a lower bound | is only a candidate | is a candidate | is one candidate | is only a guess | is a guess |
    is an overestimate | is an underestimate | must be excluded | must be rejected | must be discarded |
    has to be excluded | has to be rejected | should be excluded | should be rejected | is a rough estimate |
    is only an estimate | can be discarded | can be excluded | can be rejected | can be eliminated |
    can be ruled out | which is a misprint | which is a typo | is a misprint | is a typo | which is wrong |
    which is incorrect | which is false | which is not correct | which is not right | which was wrong | is wrong |
    is incorrect | is false | is not right | is not correct | is not true | isn't right | isn't correct |
    isn't true | is rejected | is discarded | is excluded | is extraneous | is impossible | is invalid |
    is ruled out | is eliminated | is out | does not work | doesn't work | do not work | don't work | does not fit |
    doesn't fit | fails | fail | cannot be | can't be | are wrong | are incorrect | are false | are rejected |
    are ruled out | are impossible | was wrong | was incorrect | is mistaken | is a mistake | is a trap |
    is a distractor | is a common distractor | must be rejected | must be discarded | is not valid | isn't valid |
    is no solution | is not a solution | isn't a solution | is not possible | isn't possible | does not hold |
    doesn't hold | will not do | won't do | would be wrong | would be a mistake | would be an error |
    would be incorrect | is a mistake | is an error | does not suffice | doesn't suffice | do not suffice |
    don't suffice | is not enough | isn't enough | are not enough | is insufficient | is too low | is too high |
    is too few | is too many | won't work | will not work | is too small | is too big | is too large |
    is not the answer | isn't the answer | is not allowed | is inadmissible | leads to a contradiction | is absurd |
    does not satisfy | doesn't satisfy | is not admissible
  `,
  right: `
    is the sole survivor | is the last one standing | takes it |
    ${each("is what i'd|is what i would|is what i", 'go with|go for|choose|pick|select|say|answer')} |
    ${each('describes|captures|reflects|expresses|explains|states', 'this|it|that|the situation|the process')} |
    is what we are after | is what we're after | is what is wanted | is the choice | is therefore the choice |
    is thus the choice | makes the most sense | makes most sense | makes more sense | make the most sense |
    make more sense | says exactly this | says exactly that | says just this | says just that |
    says precisely this | says precisely that | states exactly this | states exactly that | describes exactly this |
    describes exactly that | corresponds to the | meets all | meets the | fulfils the | fulfills the | fulfils all |
    fulfills all | is clearly the one | is definitely the one | is surely the one | is more likely |
    is more plausible | is more accurate | is more appropriate | is more reasonable | beats the others |
    beats all others | beats all the others | is what the question is after | is what the question wants |
    is what is asked | is what was asked | is what happens | is what we see | is what we observe | is what we get |
    is what we find | is what results | is what occurs | is what remains | is what is left | is what fits |
    is supported by | are supported by | are consistent with | is consistent with | is in line with |
    is in agreement with | is confirmed by | is backed by | is implied by | follows from | agrees with |
    is what we need | is what we want | is what we wanted | is what is needed | is what is asked for |
    is what was asked for | is what the question asks for | is what we are looking for | is what we're looking for |
    is the odd one out | is right | gets my vote | is my pick | is my choice | is our choice | is my guess |
    is the truth | is the match | is the best match | is the sole option | is the only one | is the only option |
    is the only choice | is the only value | is the only answer | is the only number | is the only possibility |
    is correct | is the answer | is the correct answer | is the right answer | is the best answer |
    is the correct choice | is the right choice | is the best choice | is the correct option | is the right option |
    is the best option | is just right | is the one | must be correct | must be right | is my answer |
    is our answer | is true | holds | works | is the final answer | is my final answer | is therefore correct |
    is thus correct | is clearly correct | is clearly right | is the winner | fits best | is the correct one |
    is the right one | are right | are correct | are the answers | are the correct answers | are true | hold
  `,
  suppose: `
    let us now try | let us now consider | let me now try | let me now consider | remains to check |
    remains to consider | remains to try | remains to examine | go on with | goes on with | continue with |
    proceed with | contradicts | contradicting | contradict | pretend | let us pretend | let's pretend |
    without that condition | without this condition | without that restriction | without this restriction |
    without that constraint | without this constraint | without that assumption | without this assumption | if |
    let's try | let us try | let me try | suppose | let's guess | let us guess | let's suppose | let's assume |
    let us suppose | let us assume | supposing | assume | imagine | whether | were it | had it | in case |
    let us say | say that | provided we had | so far we | thus far | up to now | until now | what if | even if |
    hypothetically | were we | had we | should it
  `,
  report: `
    ${each('would have', 'picked|chosen|said|selected|answered|gone with')} | reference is | reference says |
    ground truth is | grader expects | grader wants | grader wants to see | my guess was | my estimate was |
    i guessed | i had guessed | i expected | i had expected |
    ${each('was about to|were about to', 'choose|pick|say|select|answer|go with|write')} | they say | they claim |
    people say | some people say | it is said that | it's said that | second choice | third choice | next choice |
    backup choice | my backup | runner up | wrongly shows | wrongly gives | wrongly says | wrongly states |
    incorrectly shows | incorrectly gives | incorrectly says | incorrectly states | most students give |
    most pupils give | most people give | many students give | many people give | by guessing | popular belief |
    might work | may work | could work | might fit | may fit | could fit | distractor | red herring |
    rumour has it | rumor has it | led to believe | lead us to believe | lead one to believe | lead you to believe |
    in my first attempt | in my earlier attempt | in my previous attempt | in my first draft | on my first attempt |
    on my first try | used to be | some sources | other sources | many sources | some books | some authors |
    some texts | some people | some students | is what a | is what some | is what many | is what most |
    is what others | is what people | is what students | lower bound is | upper bound is | lower bound of |
    upper bound of | book gives | book states | key gives | answer key gives | textbook gives | teacher gives |
    solution manual gives | common mistake | common slip | frequent mistake | typical mistake | easy mistake |
    usual mistake | frequent error | typical error | easy error | might guess | would guess | could guess |
    would expect | might expect | might be tempted | tempting to | may look | may seem | may appear | might look |
    might seem | might appear | according to the book | according to the answer key | according to the solution |
    according to the teacher | according to my friend | answer key says | according to the textbook |
    according to the key | he chose | she chose | they chose | student chose | students chose | student picked |
    students picked | many choose | many pick | students pick | students select | people pick | people choose |
    said | says | some say | may say | might say | would say | claims that | claims | claimed | claim that |
    may think | might think | one might | one may | you might | you may | what i got at first |
    what i got initially | what i first got | answer should have been | i doubt | i doubt that | i seriously doubt |
    i highly doubt | i very much doubt |
    ${each('naive|wrong|incorrect|tempting|popular', 'answer is|answer would be')} |
    ${each("student's|my previous|my earlier|my first|my initial", 'answer is|answer was')} | what most people |
    what most students | what many people | what many students | what most would | what many would | used to think |
    used to believe | once thought | i had thought | my neighbour | my neighbor | my colleague | my brother |
    my sister | my partner | my roommate | my peers | my tutor | my professor | seemed right | seemed correct |
    looked right | looked correct | seemed plausible | appeared right | vs | versus | worst option is |
    worst choice is | worst one is | so is | and so is | so are | and so are | first chose | first picked |
    first selected | first went with | initially chose | initially picked | initially selected |
    initially went with | originally chose | originally picked | originally went with | had chosen | had picked |
    nearly chose | nearly picked | almost chose | almost picked | was going to choose | was going to pick |
    was going to say | at first sight | at first glance | at first i | at first we | at first one | at first it |
    first guess | initially i | initially we | i initially | we initially | it initially | initially it |
    initially the | at first the | mistake is | mistakes | common error | common wrong | misconception | trap |
    for example | for instance | e g | example | would look | tempting | tempted | guess would | people think |
    many think | many would | would answer | may answer | might answer | might answer with | thinks | thought |
    believes | supposedly | allegedly | intuition suggests | intuition says | a friend | my friend | your friend |
    classmate | textbook says | someone | somebody | told
  `,
  elsewhere: `
    last year | last time |
    ${each('previous|preceding|earlier|prior|other|another|similar', 'question|problem|exercise|task|part|one')}
  `,
  numbered: each('question|problem|exercise|task', '1|2|3|4|5|6|7|8|9|10|one|two|three|four'),
  changes: each(
    `
    change my answer | changed my answer | changing my answer | change my choice | changed my choice |
    changing my choice | change it | changed it | changing it | switch | switched | switching | revise my answer |
    revised my answer | revising my answer
  `,
    'from',
  ),
  orders: 'first | firstly | second | secondly | then | next | third | lastly | last',
  placing: 'here | there | now | today | too | again',
  verb: `${VERBS} | carries out | carry out | carried out`,
  auxiliary: 'does | do | did',
  mentions: `
    opposite of | reverse of | negation of | with | nearly | almost | barely | for | from | after | before | by |
    about | near | until | till | without | against | versus | vs | consider | considers | considering | examine |
    try | test | check | discuss | mention | mentions | mentioned | exceed | exceeds | beyond | over | under |
    above | below | see | look at | refer to | regarding | concerning | with respect to | contrary to |
    according to | avoid | hesitate to say | like
  `,
  likens: 'as | as in | like | unlike | just as | just like | same as',
  crowd: `
    everyone but me | everybody but me | everyone else | everybody else | everyone | everybody | most | many |
    fools | fool | student | students | pupils | people | beginners | learners | candidates | others | models
  `,
  gives: `
    give | gives | gave | answer | answers | answered | choose | chooses | chose | pick | picks | picked | select |
    selects | selected
  `,
  aims: `
    ${each('to prove|to show|to verify|to check|to establish|to see|in order to prove|in order to show|in order to verify|need to prove|need to show|need to verify|need to check|want to prove|want to show|want to see|have to prove|have to show', 'that')}
  `,
  tries: 'and see | and check | and test | and try',
  wait: `
    i meant | er | uh | um | erm | typo | sic | just kidding | upon reflection | after reflection | looking again |
    looking at it again | re reading the question | rereading the question | on closer inspection |
    on a closer look | upon closer inspection | let me reconsider | let me rethink | let me think again | update |
    i mean | make that | wait | or rather | no wait | wait no | actually | hmm | no | sorry | oh | hold on |
    on reflection | on second thought | on second thoughts | well | let me correct | rather | in fact | oops |
    whoops | ah | instead
  `,
  retract: `
    i found the mistake | i found a mistake | i found my mistake | i found the error | i found an error |
    this counts each pair twice | this counts every pair twice | that counts each pair twice |
    this counts each of them twice | this double counts | that double counts | this overcounts | that overcounts |
    i double counted | i have double counted | i counted it twice | i counted one twice | i counted them twice |
    that does not satisfy | that doesn't satisfy | i could be wrong | i may be wrong | i might be wrong |
    can't be certain | cannot be certain | can't be sure | cannot be sure | i'm not certain | i am not certain |
    not entirely sure | not completely sure | not fully sure | not 100 sure | scratch that | strike that |
    ignore that | ignore the above | disregard | correction | edit | corrected | i made an error |
    i made a mistake | made an error | made a mistake | i was wrong | that's wrong | that is wrong |
    that was wrong | that's not right | that is not right | that isn't right | that's incorrect |
    that is incorrect | the above is wrong | the above is incorrect | i misread | i miscounted | i miscalculated |
    i forgot | i mistyped | i overlooked | i missed | was missed | was forgotten | was overlooked | let me redo |
    let me recompute | i take that back | my mistake | my bad | revised | that cannot be right |
    that can't be right | this is wrong | this is incorrect | not quite right | i retract
  `,
  aside: `
    for comparison | in comparison | by comparison | for reference | by contrast | in contrast | copyright |
    see also | fun fact | easy as | try it | try this | this completes | which completes | that completes |
    this finishes | this concludes | this ends | the proof is complete | the solution is complete |
    and we are done | so we are done | done | we're done | we are done | good luck | thank you | thanks | q e d |
    qed | note | notes | note that | check | checking | verification | verify | to verify | to confirm | we verify |
    we can verify | we confirm | we can confirm | let's verify | let us verify | let's check | let us check |
    let's confirm | let us confirm | explanation | confidence | hope | i hope | if you'd like | if you would like |
    if you want | if you wanted | if you prefer | let me know | remark | remarks | feel free | reasoning |
    justification | to check | as a check | sanity check | difficulty | time | source | sources | topic | p s | ps |
    as an aside | incidentally | by the way | recall | recall that | references | references used | tip | hint |
    please | would you like | i'd be happy | i can also
  `,
  because: 'since | because | as',
  partitive: 'of which | of whom | of them',
  unreal: 'would | would be | would have | would get | would give | would make',
  subordinate: `
    were left | are left | is left | of which | of whom | of them | to answer | to answer this | ${VERBS} | as |
    when | where | since | because | for which | such that | so that | given | given that | attained | achieved |
    reached | obtained | occurs | occurring | at | for | with | after | before | in | on | by | from | per |
    during | among | within | of | to | under which | although | though | while | whereas | whose | who | which |
    that | via | through | using | plugging in | plugging | substituting | rounded | depending | based on |
    according to | as shown | as was | as required | as desired | as expected | as claimed | as wanted | as we |
    as above | see figure | see table | see above | see below | see part | see step | see section | regardless |
    up the | down the | along | across | into | onto | throughout | satisfying | fulfilling | meeting |
    was missed by | was overlooked by | upon | over | because of | due to | thanks to | between | out of |
    expressed in | measured in | in all | in total | altogether | each | apiece | such | left | remaining |
    together | overall | too | only | precisely | every | more than once | at most once | at least once | making |
    whenever | once | until | below | above | inside | is reached | all told | exactly as | more precisely |
    following | relative to
  `,
  condition: `
    only when | only where | only for | only in case | if | unless | otherwise | else | provided | provided that |
    only if | depends | depending on | as long as | assuming
  `,
  conclude: `
    so that's | by elimination | by exclusion | in short | in brief | all in all | long story short | so | thus |
    hence | therefore | no doubt | without doubt | without a doubt | doubtless | undoubtedly | consequently |
    in conclusion | finally | we conclude | it follows | in the end | ultimately | accordingly | then | in summary |
    to sum up | overall
  `,
  modify: `
    except those of the form | except those | except numbers of the form | divided by | multiplied by |
    multiple of | multiples of | divisor of | divisors of | factor of | factors of | power of | powers of |
    primes above | primes below | numbers above | numbers below | integers above | integers below | values above |
    values below | is what remains of | is what is left of | whose double is | whose half is | whose square is |
    whose cube is | quarter to | quarter past | half past | with an error of | with an uncertainty of |
    with a tolerance of | with a margin of | plus or minus | under par | what remains of | what is left of |
    everything besides | anything besides | all besides | everything apart from | before subtracting |
    before adding | before multiplying | before dividing | before halving | before doubling | before removing |
    so far | greater than or equal to | less than or equal to | more than or equal to | smaller than or equal to |
    per mille | per thousand | per hundred | and above | and over | and beyond | and below | and under | and more |
    and higher | as an upper bound | as a lower bound | as an estimate | at the least | at the most | at minimum |
    at a minimum | at maximum | too many | too few | too much | too large | too small | too high | too low |
    close to | near to | not far from | digits long | up to | below zero | above zero | below freezing | except |
    except for | excluding | other than | everything but | all but | anything but | nothing but | per cent |
    percent of | square root of | square of | cube of | cube root of | reciprocal of | negative of | log of |
    sum of | product of | ratio of | difference of | negative | plus | minus | times | squared | cubed | divided |
    multiplied | percent | dozen | dozens | hundred | thousand | million | billion | trillion | lakh | crore |
    half | quarter | third | thirds | ends in | one of the | with a minus sign | with the opposite sign |
    not counting | not including | exceed | exceeds | exceeding | surpasses | surpass | tops | short of | shy of |
    in excess of | upwards of | as many | as much | as large | as big | as long | as high | as far | as old |
    as tall | as heavy | as fast | as likely | give or take | roughly double | choose | point | over | modulo |
    mod | base | in base | in binary | in octal | in decimal | in hexadecimal | in hex | or more | or less |
    or fewer | or greater | and up | or higher | or above | or below | or so | more | less | fewer | greater |
    larger | smaller | than | at the very least | at the very most | at least | at most | at best | at worst | pi |
    to the power | raised | and a half | and a quarter | rejected | extraneous | tenths | hundredths | score |
    pairs | couple | gross | factorial | inclusive | exclusive | through | mixed | twice | thrice | out of | of
  `,
  join: 'and | or | as well as | and also',
  hedge: `
    could also be | may also be | might also be | could equally be | may equally be | could still be | might be |
    could be | may be | may well be | might well be | could well be | may very well be | could very well be |
    maybe | perhaps | possibly | probably | even | conceivably | potentially
  `,
  pronoun: 'it | this | that',
  decline: `
    isn't enough information | is not enough information | insufficient information | unable to | do not know |
    don't know | not enough information | need more information | cannot be determined | can't be determined |
    cannot solve | can't solve | cannot determine | can't determine | cannot help | can't help | cannot answer |
    can't answer | cannot finish | unsure | not sure | i give up | i gave up | we gave up | no idea |
    cannot be found | answer depends | answer is unknown | answer is unclear | answer is uncertain
  `,
  good: `
    safer | yes | more so | agrees with | agree with | correctly | rightly | matches | match | agrees | right |
    correct | true | valid | best | better | fits | fit | works | work | holds | hold | remains | remain | stands |
    left | survives | only one | the only one | only option | only choice | applies | satisfies | suitable |
    accurate | preferable | plausible one | most plausible | most likely one | most reasonable | most appropriate |
    most suitable | most accurate | most convincing | most sensible | strongest | perfect | ideal | spot on
  `,
  bad: `
    less well | less likely | less plausible | less accurate | less appropriate | worse | contradicts | contradict |
    violates | violate | goes against | go against | makes no sense | make no sense | irrelevant | unrelated |
    has nothing to do with | opposite of what | almost right | almost correct | almost true | nearly right |
    nearly correct | partly right | partly correct | partly true | partially right | partially correct |
    partially true | half right | half true | left out | second best | next best | too cold | too hot | too warm |
    too weak | too strong | too wet | too dry | too short | too long | too slow | too fast | too narrow | too wide |
    too broad | too general | too specific | too vague | too extreme | too late | too early | too simple |
    too strict | too far | too light | too heavy | too small | too big | too large | too low | too high | nonsense |
    incorrectly | wrongly | wrong | incorrect | false | invalid | fails | fail | impossible | ruled out | rule out |
    ruling out | rules out | excluded | exclude | excluding | excludes | eliminated | eliminate | eliminating |
    eliminates | rejected | reject | rejecting | discarded | discard | discarding | dismissed | dismiss | out |
    untrue | inaccurate | unlikely | implausible | doubtful
  `,
  narrows: `
    between | either | down to | narrow it down to | narrows it down to | narrowed it down to | narrows it to |
    narrows down to | leaves | leaves us with | leaving | left with | we are left with | remain | are left |
    survive | are the candidates
  `,
  prevails: `
    wins | follows | is closest | comes closest | is closer | comes closer | is even closer | is much closer |
    prevails
  `,
  out: `
    excluded | eliminated | ruled out | crossed out | rejected | discarded | dismissed | is excluded |
    is eliminated | is ruled out | is crossed out | is rejected | is discarded | is out | out
  `,
  except: `
    except those of the form | except those | except numbers of the form | all but | except | except for |
    everything but | anything but | other than | apart from | besides | every option but | all options but |
    every choice but | all choices but | all of the options but | all except | all other than | any option but |
    any but | every one but | everyone but
  `,
  concede: 'although | though | even though | while | whereas | admittedly',
  opine: `
    if i had only one guess | if i had one guess | if i had to bet | favors | favours | comes down to |
    at any rate | to be exact | to be precise | looks like | it looks like | seems like | can say that |
    safe to say that | suffice it to say that | i lean | leaning | i'm leaning | tentatively | it cannot be denied |
    it cannot be doubted | don't doubt | do not doubt | can't doubt | cannot doubt | there is no denying |
    if forced to choose | if forced to pick | if i am forced to choose | if i'm forced to choose |
    if i must choose | if i have to choose | if i have to pick | if pressed | if i had to choose |
    if i had to pick | if i had to guess | if i had to choose one | if i had to pick one | i'd bet on |
    i would bet on | my money is on | supports | reasoning leads to | this leads to | which leads to | leads us to |
    lead us to | brings us to | bring us to | takes us to | leaning towards | leaning toward | lean towards |
    lean toward | inclined to | tending towards | tend towards | i think | i'm going to say | i am going to say |
    i'll say | i will say | i believe | i guess | i'd guess | i would guess | i'd say | i would say | i say |
    i now say | vote for | voting for | i mean | i meant | prefer | i'd pick | favour | favor | i'd choose |
    i conclude | we conclude | my vote goes to | most likely | likely | surely | certainly | clearly | definitely |
    obviously | indeed | unquestionably | yes | ok | okay | sure | yeah | points to | point to | pointing to |
    given by | described by | consistent with | agrees with | agree with | same as | as in | go for | tick |
    circle | choosing
  `,
  only: `
    only | just | solely | alone | none but | none except | none besides | nothing but |
    ${each('no option|no choice|no answer|no letter|no alternative|no statement|nothing|no other', 'but|other than|except|besides')}
  `,
  kind: `
    the letter | the option | the choice | least upper bound | greatest lower bound | letter | statement |
    alternative | item | option | choice | one
  `,
  or: 'or | also fine with | also happy with | equally fine with | also okay with | also ok with',
  inverts: 'were | had | were we | had we | had i | had one | had it | were it | should it',
  range: 'to | through',
  bounds: 'between | strictly between | anywhere between | somewhere between',
  unfinished: `
    left to count | left to check | left to consider | remain to be checked | remain to be considered |
    needs to be halved | must be halved | has to be halved | needs to be doubled | must be doubled |
    has to be doubled | needs to be tripled | must be tripled | has to be tripled | needs to be squared |
    must be squared | has to be squared | needs to be divided | must be divided | has to be divided |
    needs to be multiplied | must be multiplied | has to be multiplied | not forget to divide |
    not forget to multiply | not forget to subtract | not forget to add | not forget to halve |
    not forget to double | from which we must | to which we must | which we must | before we subtract |
    must still be | still must be | still has to be | still have to be | has still to be | has yet to be |
    still needs to be | still need to be | then has to be | then have to be | then must be | then needs to be |
    must still subtract | must still add | must still divide | must still multiply | still have to subtract |
    still have to add | still have to divide | still have to multiply | still need to subtract | still need to add |
    still need to divide | still need to multiply
  `,
};
