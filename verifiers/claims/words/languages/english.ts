import type { Vocabulary } from '../roles.ts';

export const ENGLISH: Vocabulary = {
  answer: `answer | answers | ans | final answer | final result | final solution | correct answer | correct option
    | correct choice | right answer | right option | right choice | best answer | best option | best choice | my answer
    | my choice | my pick | answer choice | required answer | desired answer | correct statement | correct response
    | final choice | most likely answer | correct letter`,
  label: 'result | solution | conclusion | output | correct | choice | option | prediction | value',
  others: `book's | textbook's | key's | author's | teacher's | friend's | reference | expected | ground truth | given | wrong | incorrect | false | other | another | previous | their
    | his | her | its | student's | someone's | somebody's | initial | naive | tempting | common | earlier | original
    | possible | gold | least likely | worst | provided | trap | no | proposed | candidate | partial | first guess | hoped-for | supposed`,
  link: `none other than | no other than | might be | could be | may be | may well be | might well be | could well be | may very well be | could very well be | need at least | needs at least | requires at least | require at least | must have at least | must take at least | must sell at least | must score at least | must get at least | must buy at least | needs to sell at least | needs to score at least | will need at least | would need at least | can buy at most | can have at most | can make at most | can afford at most | can fit at most | is | are | was | were | be | equals | equal to | equal | becomes | 's | it's | that's | this is | gives | give | giving
    | yields | yield | yielding | makes | make | leaves | leave | have | has | had | get | gets | got | obtain | obtains
    | find | finds | we found | i found | is equal to | are equal to | must be | should be | will be | would be | has to be | turns out to be
    | comes to | come to | comes out to be | comes out as | amounts to | adds up to | add up to | totals | measures | costs | cost | ends up facing | end up facing | is facing | faces | took | land on | lands on | takes | takes her | takes him | takes them | takes us | takes me | took her | took him | took them | took us
    | need | needs | contains | tends to | approaches | evaluates to | simplifies to | reduces to | there are | there is
    | there exist | can take | takes on | falls on | fell on | attains | reaches | pays | pay | paid | earns | earn | earned | saves | save | saved | spends | spend | spent | owes | owe | wins | win | won | sells | sell | sold | buys | buy | bought | collects | collected | travels | travelled | traveled | requires | require | weighs | weigh | hold | holds | measure | cover | covers | covered | produce | produces | produced | receive | receives | received | drives | drove | walks | walked | uses | eats | ate | reads | lasts | equates to | stands at
    | there were | there will be | works out to | works out to be | works out as | results in | can be`,
  restate:
    'which makes | which means | for a total of | making | giving | yielding | that is | i e | ie | namely | in other words | or rather | which is | which equals | which gives | which equals to | so that is | or simply | or equivalently | equivalently',
  pick: `choose | select | pick | go with | going with | chose | picked | selected | i choose | settle on | settle for | settled on | settled for | settling on | opting for | opted for | went with | decided on | ended up with | changed it to | changed to | changed my answer to | changed my mind to | change it to | change my answer to | switched to | switch to
    | opt for | corresponds to | correspond to | matches | match | leaves us with | that leaves | leaving | we are left with | are left with | is left with | am left with | left with | end up with | ends up with | we keep | we retain
    | keep | keeping | retain | retaining | mark | make that | make it | it has to be | must be | decide on | conclude with | stick with`,
  deny: `not | none of | would be a mistake to | would be an error to | would be wrong to | is a mistake to | is an error to | unlikely to be | unlikely to | unlikely that | improbable that | doubtful that | no proof that | no evidence that | no reason to think that | no reason to believe that | cannot be | can't be | never | nobody | no one | none | nothing | hardly | scarcely | cannot | can't | isn't | aren't | wasn't | weren't | doesn't | don't | didn't | won't | wouldn't | couldn't
    | shouldn't | neither | nor | no longer | rule out | ruled out | rules out | reject | rejects | discard | discards | exclude | excludes
    | eliminate | eliminates | instead of | rather than | mistake to | wrong to | incorrect to | error to | unable to | far from | dismiss | drop
    | by no means | hardly | in no way | impossible that | deny | doubt | disagree with | refuse | throw out | never mind`,
  but: 'but | but rather | but instead | rather | instead',
  wrong: `which is a misprint | which is a typo | is a misprint | is a typo | which is wrong | which is incorrect | which is false | which is not correct | which is not right | which was wrong | is wrong | is incorrect | is false | is not right | is not correct | is not true | isn't right | isn't correct | isn't true
    | is rejected | is discarded | is excluded | is extraneous | is impossible | is invalid | is ruled out | is eliminated
    | is out | does not work | doesn't work | do not work | don't work | does not fit | doesn't fit | fails | fail
    | cannot be | can't be | are wrong | are incorrect | are false | are rejected | are ruled out | are impossible | was wrong | was incorrect
    | is mistaken | is a mistake | is a trap | is a distractor | is a common distractor | must be rejected | must be discarded
    | is not valid | isn't valid | is no solution | is not a solution | isn't a solution | is not possible | isn't possible
    | does not hold | doesn't hold | will not do | won't do | would be wrong | would be a mistake | would be an error | would be incorrect | is a mistake | is an error | does not suffice | doesn't suffice | do not suffice | don't suffice | is not enough | isn't enough | are not enough | is insufficient | is too low | is too high | is too few | is too many | won't work | will not work | is too small | is too big | is too large | is not the answer | isn't the answer
    | is not allowed | is inadmissible | leads to a contradiction | is absurd | does not satisfy | doesn't satisfy | is not admissible`,
  right: `is what the question is after | is what the question wants | is what is asked | is what was asked | is what happens | is what we see | is what we observe | is what we get | is what we find | is what results | is what occurs | is what remains | is what is left | is what fits | is what we need | is what we want | is what we wanted | is what is needed | is what is asked for | is what was asked for | is what the question asks for | is what we are looking for | is what we're looking for | is the odd one out | is right | gets my vote | is my pick | is my choice | is our choice | is my guess | is the truth | is the match | is the best match | is the sole option | is the only one | is the only option | is the only choice | is the only value | is the only answer | is the only number | is the only possibility | is correct | is the answer | is the correct answer | is the right answer | is the best answer | is the correct choice
    | is the right choice | is the best choice | is the correct option | is the right option | is the best option | is just right 
    | is the one | must be correct | must be right | is my answer | is our answer | is true | holds | works | is the final answer | is my final answer
    | is therefore correct | is thus correct | is clearly correct | is clearly right | is the winner | fits best | is the correct one | is the right one
    | are right | are correct | are the answers | are the correct answers | are true | hold`,
  suppose: `if | let's try | let us try | let me try | suppose | let's guess | let us guess | let's suppose | let's assume | let us suppose | let us assume | supposing | assume | imagine | whether | were it | had it | in case | let us say | say that | provided we had
    | what if | even if | hypothetically | were we | had we | should it`,
  report: `lower bound is | upper bound is | lower bound of | upper bound of | book gives | book states | key gives | answer key gives | textbook gives | teacher gives | solution manual gives | common mistake | common slip | frequent mistake | typical mistake | easy mistake | usual mistake | frequent error | typical error | easy error | might guess | would guess | could guess | would expect | might expect | might be tempted | tempting to | may look | may seem | may appear | might look | might seem | might appear | according to the book | according to the answer key | according to the solution | according to the teacher | according to my friend | answer key says | according to the textbook | according to the key | he chose | she chose | they chose | student chose | students chose | student picked | students picked | many choose | many pick | students pick | students select | people pick | people choose | said | says | some say | may say | might say | would say | claims that | claims | claimed | claim that | may think | might think | one might | one may | you might | you may
    | first chose | first picked | first selected | first went with | initially chose | initially picked | initially selected | initially went with | originally chose | originally picked | originally went with | had chosen | had picked | nearly chose | nearly picked | almost chose | almost picked | was going to choose | was going to pick | was going to say | at first sight | at first glance | at first | first guess | initially | mistake is | mistakes | common error | common wrong | misconception | trap
    | for example | for instance | e g | example | would look | tempting | tempted | guess would | people think | many think | many would
    | would answer | may answer | might answer | might answer with | thinks | thought | believes
    | supposedly | allegedly | intuition suggests | intuition says | a friend | my friend | your friend | classmate | textbook says | someone | somebody | told `,
  wait: 'wait | or rather | no wait | wait no | actually | hmm | no | sorry | oh | hold on | on reflection | on second thought | on second thoughts | well | let me correct | rather | in fact | oops | whoops | ah | instead',
  retract: `i could be wrong | i may be wrong | i might be wrong | can't be certain | cannot be certain | can't be sure | cannot be sure | i'm not certain | i am not certain | not entirely sure | not completely sure | not fully sure | not 100 sure | scratch that | strike that | ignore that | ignore the above | disregard | correction | edit | corrected | i made an error | i made a mistake
    | made an error | made a mistake | i was wrong | that's wrong | that is wrong | that was wrong | that's not right | that is not right | that isn't right
    | that's incorrect | that is incorrect | the above is wrong | the above is incorrect | i misread | i miscounted | i miscalculated | i forgot
    | i mistyped | i overlooked | i missed | was missed | was forgotten | was overlooked | let me redo | let me recompute | i take that back | my mistake | my bad | revised
    | that cannot be right | that can't be right | this is wrong | this is incorrect | not quite right | i retract`,
  aside: `done | we're done | we are done | good luck | thank you | thanks | q e d | qed | note | notes | note that | check | checking | verification | verify | to verify | explanation | confidence | hope | i hope | if you'd like | if you would like | if you want
    | if you wanted | if you prefer | let me know | remark | remarks | feel free | reasoning | justification | to check | as a check | sanity check | difficulty | time | source | sources | topic
    | p s | ps | as an aside | incidentally | by the way | recall | recall that | references | references used | tip | hint | please | would you like | i'd be happy | i can also`,
  because: 'since | because | as',
  partitive: 'of which | of whom | of them',
  unreal: 'would | would be | would have | would get | would give | would make',
  subordinate: `of which | of whom | of them | to answer | to answer this | go to | goes to | go | goes | went | exist | exists | remain | remains | stay | stays | stayed | passed | survive | survives | survived | attend | attends | attended | arrive | arrived | live | lives | lived | voted | like | likes | liked | prefer | prefers | preferred | satisfy | satisfies | satisfied | finish | finished | qualify | qualified | appear | appeared | participate | participated | graduated | belong | belong to | as | when | where | since | because | for which | such that | so that | given | given that | attained | achieved | reached | obtained | occurs | occurring
    | at | for | with | after | before | in | on | by | from | per | during | among | within | of | to | under which | although | though | while | whereas
    | whose | who | which | that | via | through | using | plugging in | plugging | substituting | rounded | depending | based on | according to | as shown | as was | as required | as desired | as expected | as claimed | as wanted | as we | as above | see figure | see table | see above | see below | see part | see step | see section | regardless
    | upon | over | because of | due to | thanks to | between | out of | expressed in | measured in | in all | in total | altogether | each | apiece | such | left | remaining | together | overall | too | only | precisely | every
    | making | whenever | once | until | below | above | inside | is reached | exactly as | more precisely | following | relative to`,
  condition:
    'only when | only where | only for | only in case | if | unless | otherwise | else | provided | provided that | only if | depends | depending on | as long as | assuming',
  conclude:
    'by elimination | so | thus | hence | therefore | no doubt | without doubt | without a doubt | doubtless | undoubtedly | consequently | in conclusion | finally | we conclude | it follows | in the end | ultimately | accordingly | then | in summary | to sum up | overall',
  modify: `close to | near to | not far from | digits long | up to | below zero | above zero | below freezing | except | except for | excluding | other than | everything but | all but | anything but | nothing but | per cent | percent of | square root of | square of | cube of | cube root of | reciprocal of | negative of | log of | sum of | product of | ratio of | difference of | negative | plus | minus | times | squared | cubed | divided | multiplied | percent | dozen | dozens | hundred | thousand | million | billion | trillion | lakh | crore | half | quarter | third | thirds
    | exceed | exceeds | exceeding | surpasses | surpass | tops | short of | shy of | in excess of | upwards of | as many | as much | as large | as big | as long | as high | as far | as old | as tall | as heavy | as fast | as likely | give or take | roughly double
    | choose | point | over | modulo | mod | base | in base | or more | or less | or fewer | or greater | and up | or higher | or above | or below | or so | more | less | fewer | greater | larger | smaller | than | at the very least | at the very most | at least | at most | at best | at worst
    | pi | to the power | raised | and a half | and a quarter | rejected | extraneous | tenths | hundredths | score | pairs | couple | gross | factorial | inclusive | exclusive | through | mixed | twice | thrice | out of | of`,
  join: 'and | or | as well as | and also',
  hedge:
    'might be | could be | may be | may well be | might well be | could well be | may very well be | could very well be | maybe | perhaps | possibly | probably | even | conceivably | potentially',
  pronoun: 'it | this | that',
  decline: `isn't enough information | is not enough information | insufficient information | unable to | do not know | don't know | not enough information | need more information | cannot be determined | can't be determined
    | cannot solve | can't solve | cannot determine | can't determine | cannot help | can't help | cannot answer | can't answer | cannot finish | unsure | not sure | i give up | no idea | cannot be found
    | answer depends | answer is unknown | answer is unclear | answer is uncertain`,
  good: 'yes | agrees with | agree with | correctly | rightly | matches | match | agrees | right | correct | true | valid | best | better | fits | fit | works | work | holds | hold | remains | remain | stands | left | survives | only one | the only one | only option | only choice | applies | satisfies | suitable | accurate | preferable | plausible one | most plausible | most likely one | most reasonable | most appropriate | most suitable | most accurate | most convincing | most sensible | strongest',
  bad: 'incorrectly | wrongly | wrong | incorrect | false | invalid | fails | fail | impossible | ruled out | rule out | ruling out | rules out | excluded | exclude | excluding | excludes | eliminated | eliminate | eliminating | eliminates | rejected | reject | rejecting | discarded | discard | discarding | dismissed | dismiss | out | untrue | inaccurate | unlikely | implausible | doubtful',
  except:
    'all but | except | except for | everything but | anything but | other than | apart from | besides | every option but | all options but | every choice but | all choices but | all of the options but | all except | all other than | any option but | any but | every one but | everyone but',
  concede: 'although | though | even though | while | whereas | admittedly',
  opine: `leaning towards | leaning toward | lean towards | lean toward | inclined to | tending towards | tend towards | i think | i'm going to say | i am going to say | i'll say | i will say | i believe | i guess | i'd guess | i would guess | i'd say | i would say | i say | i now say | vote for | voting for | i mean | i meant
    | prefer | i'd pick | favour | favor | i'd choose | i conclude | we conclude | my vote goes to | most likely | likely | surely | certainly | clearly | definitely | obviously | indeed | unquestionably
    | yes | ok | okay | sure | yeah | points to | point to | pointing to | given by | described by | consistent with | agrees with | agree with | same as | as in
    | go for | tick | circle | choosing`,
  only: 'only | just | solely | alone | none but | nothing but | no option but | no choice but',
  kind: 'least upper bound | greatest lower bound | letter | statement | alternative | item | option | choice | one',
  or: 'or',
  inverts: 'were | had',
  range: 'to',
};
