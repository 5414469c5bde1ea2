/** What a phrase does in a sentence that makes a claim. */
export type Role =
  /** Names the answer: "the final answer". */
  | 'answer'
  /** Names it where a colon follows: "Result:". */
  | 'label'
  /** Before an answer's name: it is somebody else's, or none. */
  | 'others'
  /** Leads from what is named to its value. */
  | 'link'
  /** Leads to it without a verb: a colon. */
  | 'sign'
  /** Says the same once more: "that is". */
  | 'restate'
  /** Commits to a choice: "go with". */
  | 'pick'
  | 'deny'
  /** Turns a denial round: "not 3 but 4". */
  | 'but'
  /** Behind a value: it does not hold. */
  | 'wrong'
  /** Behind a choice: it holds. */
  | 'right'
  /** Says of an option that it holds, or that nothing else does: "correct", "remains". */
  | 'good'
  /** Says of an option that it does not hold: "incorrect", "ruled out". */
  | 'bad'
  /** Says of an option that it is chosen no longer: "eliminated". */
  | 'out'
  /** Says what somebody thinks of an option: "I believe". */
  | 'opine'
  /** Says that of the options named beside it one is right: "it is down to". */
  | 'narrows'
  /** Behind a choice, and with nothing behind it: it is the one. */
  | 'prevails'
  /** "Only", "just". */
  | 'only'
  /** What an option may be called: "statement". */
  | 'kind'
  /** All but what follows: "all options except". */
  | 'except'
  /** Begins what is granted before something else is said: "although". */
  | 'concede'
  | 'suppose'
  /** What others say, or what only seems so. */
  | 'report'
  /** Says it of another question than the one asked: "the previous question". */
  | 'elsewhere'
  /** Counts a question where a colon follows: "Question 2:". */
  | 'numbered'
  /** Says that it is as with what follows. */
  | 'likens'
  /** Those whose choice is told: "most students". */
  | 'crowd'
  /** What they do beside choosing: "give". */
  | 'gives'
  /** Begins what is yet to be shown: "to prove that". */
  | 'aims'
  /** Behind a choice: it is tried only. */
  | 'tries'
  /** Gives up the option that follows for another one: "I change my answer from". */
  | 'changes'
  /** Only says in which order: "first", "then". */
  | 'orders'
  /** Says where or when, and nothing of what it stands beside: "here". */
  | 'placing'
  /** Tells what something does, and claims nothing of it: "goes", "exists". */
  | 'verb'
  /** Helps a verb to be denied: "does". */
  | 'auxiliary'
  /** Before a text that is only spoken of: "consider", "after". */
  | 'mentions'
  /** May take back what was said before. */
  | 'wait'
  /** Takes it back. */
  | 'retract'
  /** Begins a part that explains, checks or closes, and claims nothing. */
  | 'aside'
  /** Begins what only says where, when, why or of what. */
  | 'subordinate'
  /** Says what is not so: "would". */
  | 'unreal'
  /** Takes a part of what was counted before: "of which". */
  | 'partitive'
  /** Begins a reason: "because". */
  | 'because'
  /** Between two values all that lies between: "10 to 12". */
  | 'range'
  /** Takes the two values behind it as ends: "strictly between". */
  | 'bounds'
  /** A condition, which is part of the answer. */
  | 'condition'
  | 'conclude'
  /** Makes another value of the one beside which it stands. */
  | 'modify'
  | 'join'
  /** Joins what excludes each other: "or". */
  | 'or'
  /** A verb that begins a condition where it begins a clause: "were the answer 3, …". */
  | 'inverts'
  /** Between two values it leaves open which one: "3, or maybe 4". */
  | 'hedge'
  /** Refers to what was spoken of. */
  | 'pronoun'
  /** Behind a value: more has to be done with it: "which must still be halved". */
  | 'unfinished'
  /** The text gives up. */
  | 'decline';

/** The phrases of a language by what they do; alternatives are parted by ` | `. */
export type Vocabulary = Partial<Record<Role, string>>;
