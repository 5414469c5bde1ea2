/**
 * What is said of values in eight languages. `X` and `Y` are two different values; the words are these tables' own, and
 * none is taken from the product's vocabulary.
 */
export interface Tongue {
  /** Sentences that say nothing of any answer. */
  readonly noise: readonly string[];
  /** The answer is X. */
  readonly stated: readonly string[];
  /** The answer is not X. */
  readonly denied: readonly string[];
  /** The answer is Y, not X. */
  readonly turned: readonly string[];
  /** Behind "the answer is X": it is Y after all. */
  readonly corrected: readonly string[];
  /** If it were X… */
  readonly supposed: readonly string[];
  /** Others say X. */
  readonly reported: readonly string[];
  readonly asked: readonly string[];
  /** X or Y, left open. */
  readonly hedged: readonly string[];
}

export const TONGUES: Readonly<Record<string, Tongue>> = {
  english: {
    noise: [
      'Let us look at the problem carefully.',
      'We write down what is given.',
      'This needs some care.',
      'Both sides are simplified.',
      'Nothing else has to be checked.',
    ],
    stated: [
      'The answer is X.',
      'So the answer is X.',
      'Hence the correct answer is X.',
      'Final answer: X',
      'Answer: X',
      'Therefore, the final answer is X.',
      'We conclude that the answer is X.',
      'Thus the answer must be X.',
      'My answer is X.',
      'After all this, the answer turns out to be X.',
      'The correct answer is therefore X.',
      'Putting everything together, the answer is X.',
    ],
    denied: [
      'The answer is not X.',
      'The answer is certainly not X.',
      'The answer cannot be X.',
      'I do not think that the answer is X.',
      'The answer is never X.',
      "The answer isn't X.",
    ],
    turned: [
      'The answer is not X but Y.',
      'The answer is Y, not X.',
      'The answer is Y rather than X.',
      'Instead of X, the answer is Y.',
      'The answer is not X; it is Y.',
      'The answer is Y instead of X.',
    ],
    corrected: [
      'Wait, that is wrong. The answer is Y.',
      'No, sorry, it is Y.',
      'Correction: the answer is Y.',
      'Actually, the answer is Y.',
      'Oops, I made a mistake. The answer is Y.',
      'Hmm, I forgot a case. The answer is Y.',
    ],
    supposed: [
      'If the answer were X, the sum would be odd.',
      'Suppose the answer is X; then the sum is odd.',
      'Assume that the answer is X.',
      'Were the answer X, we would be done too early.',
    ],
    reported: [
      'Some people would say that the answer is X.',
      'At first sight the answer is X.',
      'My friend claims that the answer is X.',
      'One might think that the answer is X.',
    ],
    asked: ['Is the answer X?', 'Could the answer be X?', 'Why is the answer X?'],
    hedged: ['The answer is X or Y.', 'The answer is X, or maybe Y.', 'The answer is either X or Y.'],
  },
  chinese: {
    noise: ['我们先看题目。', '写出已知条件。', '这一步要小心。', '两边化简。', '其余不必再看。'],
    stated: [
      '答案是X。',
      '所以答案是X。',
      '因此正确答案为X。',
      '最终答案：X',
      '答案：X',
      '综上，答案为X。',
      '故答案为X。',
      '所以最终答案是X。',
    ],
    denied: ['答案不是X。', '答案不可能是X。', '答案并不是X。', '答案绝不是X。'],
    turned: ['答案不是X，而是Y。', '答案是Y，不是X。', '答案是Y而不是X。', '答案并非X，而是Y。'],
    corrected: ['不对，答案是Y。', '等等，我算错了。答案是Y。', '更正：答案是Y。', '抱歉，应该是Y。', '其实答案是Y。'],
    supposed: ['如果答案是X，那么和是奇数。', '假设答案是X。', '若答案为X，则矛盾。', '假如答案是X，就太早了。'],
    reported: ['有人说答案是X。', '乍看起来答案是X。', '有同学认为答案是X。'],
    asked: ['答案是X吗？', '答案会是X吗？', '为什么答案是X？'],
    hedged: ['答案是X或Y。', '答案可能是X，也可能是Y。'],
  },
  russian: {
    noise: ['Рассмотрим задачу внимательно.', 'Запишем условие.', 'Здесь нужна осторожность.', 'Упростим обе части.'],
    stated: [
      'Ответ: X',
      'Ответ: X.',
      'Итак, ответ: X.',
      'Значит, ответ X.',
      'Следовательно, правильный ответ X.',
      'Таким образом, ответ равен X.',
      'Окончательный ответ: X',
      'Правильный ответ — X.',
    ],
    denied: ['Ответ не X.', 'Ответ не равен X.', 'Ответ вовсе не X.', 'Ответ никак не X.'],
    turned: ['Ответ не X, а Y.', 'Ответ Y, а не X.', 'Ответ — не X, а Y.', 'Ответ не равен X, он равен Y.'],
    corrected: [
      'Нет, ответ Y.',
      'Подождите, я ошибся. Ответ: Y.',
      'Точнее, ответ Y.',
      'Извините, ответ Y.',
      'На самом деле ответ Y.',
    ],
    supposed: ['Если ответ X, то сумма нечётна.', 'Предположим, что ответ X.', 'Допустим, ответ равен X.'],
    reported: ['Некоторые говорят, что ответ X.', 'На первый взгляд ответ X.', 'Кажется, что ответ X.'],
    asked: ['Ответ X?', 'Разве ответ X?', 'Почему ответ X?'],
    hedged: ['Ответ X или Y.', 'Ответ либо X, либо Y.'],
  },
  spanish: {
    noise: [
      'Veamos el problema con cuidado.',
      'Escribimos los datos.',
      'Aquí hace falta atención.',
      'Simplificamos ambos lados.',
    ],
    stated: [
      'La respuesta es X.',
      'Por lo tanto, la respuesta es X.',
      'Respuesta final: X',
      'Respuesta: X',
      'Así, la respuesta correcta es X.',
      'En conclusión, la respuesta es X.',
      'Entonces la respuesta final es X.',
    ],
    denied: ['La respuesta no es X.', 'La respuesta no puede ser X.', 'La respuesta nunca es X.'],
    turned: [
      'La respuesta no es X, sino Y.',
      'La respuesta es Y, no X.',
      'La respuesta es Y en lugar de X.',
      'La respuesta no es X; es Y.',
    ],
    corrected: [
      'Espera, eso está mal. La respuesta es Y.',
      'No, perdón, es Y.',
      'Corrección: la respuesta es Y.',
      'En realidad, la respuesta es Y.',
      'Me equivoqué. La respuesta es Y.',
    ],
    supposed: [
      'Si la respuesta fuera X, la suma sería impar.',
      'Supongamos que la respuesta es X.',
      'Si la respuesta es X, hay una contradicción.',
    ],
    reported: [
      'Algunos dicen que la respuesta es X.',
      'A primera vista la respuesta es X.',
      'Alguien afirma que la respuesta es X.',
    ],
    asked: ['¿Es X la respuesta?', '¿La respuesta es X?', '¿Por qué la respuesta es X?'],
    hedged: ['La respuesta es X o Y.', 'La respuesta es X, o quizás Y.'],
  },
  french: {
    noise: [
      'Regardons le problème avec soin.',
      'Écrivons les données.',
      'Il faut faire attention ici.',
      'On simplifie les deux membres.',
    ],
    stated: [
      'La réponse est X.',
      'Donc la réponse est X.',
      'Réponse finale : X',
      'Réponse : X',
      'Ainsi, la bonne réponse est X.',
      'Par conséquent, la réponse est X.',
      'En conclusion, la réponse est X.',
    ],
    denied: ["La réponse n'est pas X.", 'La réponse ne peut pas être X.', "La réponse n'est jamais X."],
    turned: [
      "La réponse n'est pas X, mais Y.",
      'La réponse est Y, pas X.',
      'La réponse est Y et non X.',
      'La réponse est Y plutôt que X.',
      "La réponse n'est pas X ; c'est Y.",
    ],
    corrected: [
      "Attendez, c'est faux. La réponse est Y.",
      "Non, pardon, c'est Y.",
      'Correction : la réponse est Y.',
      'En fait, la réponse est Y.',
      'Je me suis trompé. La réponse est Y.',
    ],
    supposed: [
      'Si la réponse était X, la somme serait impaire.',
      'Supposons que la réponse soit X.',
      'Admettons que la réponse est X.',
    ],
    reported: [
      'Certains disent que la réponse est X.',
      'À première vue, la réponse est X.',
      'On pourrait croire que la réponse est X.',
    ],
    asked: ['La réponse est-elle X ?', 'Est-ce que la réponse est X ?', 'Pourquoi la réponse est X ?'],
    hedged: ['La réponse est X ou Y.', 'La réponse est X, ou peut-être Y.'],
  },
  german: {
    noise: [
      'Sehen wir uns die Aufgabe genau an.',
      'Wir schreiben die Angaben auf.',
      'Hier ist Vorsicht nötig.',
      'Beide Seiten werden vereinfacht.',
    ],
    stated: [
      'Die Antwort ist X.',
      'Also ist die Antwort X.',
      'Somit lautet die Antwort X.',
      'Antwort: X',
      'Endgültige Antwort: X',
      'Daher ist die richtige Antwort X.',
      'Folglich ist die Antwort X.',
    ],
    denied: ['Die Antwort ist nicht X.', 'Die Antwort kann nicht X sein.', 'Die Antwort ist keineswegs X.'],
    turned: [
      'Die Antwort ist nicht X, sondern Y.',
      'Die Antwort ist Y, nicht X.',
      'Die Antwort ist Y statt X.',
      'Nicht X, sondern Y ist die Antwort.',
    ],
    corrected: [
      'Moment, das ist falsch. Die Antwort ist Y.',
      'Nein, Entschuldigung, es ist Y.',
      'Korrektur: Die Antwort ist Y.',
      'Tatsächlich ist die Antwort Y.',
      'Ich habe mich geirrt. Die Antwort ist Y.',
    ],
    supposed: [
      'Wenn die Antwort X wäre, wäre die Summe ungerade.',
      'Angenommen, die Antwort ist X.',
      'Falls die Antwort X ist, gibt es einen Widerspruch.',
    ],
    reported: [
      'Manche sagen, die Antwort sei X.',
      'Auf den ersten Blick ist die Antwort X.',
      'Jemand behauptet, die Antwort ist X.',
    ],
    asked: ['Ist die Antwort X?', 'Warum ist die Antwort X?', 'Könnte die Antwort X sein?'],
    hedged: ['Die Antwort ist X oder Y.', 'Die Antwort ist X, oder vielleicht Y.'],
  },
  arabic: {
    noise: ['لننظر في المسألة بعناية.', 'نكتب المعطيات.', 'هذه الخطوة تحتاج إلى انتباه.', 'نبسط الطرفين.'],
    stated: [
      'الجواب هو X.',
      'إذن الجواب هو X.',
      'الإجابة النهائية: X',
      'الجواب: X',
      'لذلك الإجابة الصحيحة هي X.',
      'وبالتالي فإن الجواب هو X.',
    ],
    denied: ['الجواب ليس X.', 'الإجابة ليست X.', 'لا يمكن أن يكون الجواب X.'],
    turned: ['الجواب ليس X بل Y.', 'الجواب هو Y وليس X.', 'الإجابة ليست X، بل Y.'],
    corrected: [
      'لا، الجواب هو Y.',
      'عفوا، الجواب هو Y.',
      'تصحيح: الجواب هو Y.',
      'لقد أخطأت. الجواب هو Y.',
      'في الحقيقة الجواب هو Y.',
    ],
    supposed: ['إذا كان الجواب X فإن المجموع فردي.', 'لنفترض أن الجواب هو X.', 'لو كان الجواب X لكان المجموع فرديا.'],
    reported: ['يقول البعض إن الجواب هو X.', 'للوهلة الأولى الجواب هو X.', 'قد يقول أحدهم إن الجواب هو X.'],
    asked: ['هل الجواب هو X؟', 'لماذا الجواب هو X؟'],
    hedged: ['الجواب هو X أو Y.', 'الجواب إما X أو Y.'],
  },
  hindi: {
    noise: ['प्रश्न को ध्यान से देखें।', 'दिए गए आँकड़े लिखें।', 'यहाँ सावधानी चाहिए।', 'दोनों पक्षों को सरल करें।'],
    stated: ['उत्तर X है।', 'अतः उत्तर X है।', 'अंतिम उत्तर: X', 'उत्तर: X', 'इसलिए सही उत्तर X है।', 'इस प्रकार उत्तर X होगा।'],
    denied: ['उत्तर X नहीं है।', 'सही उत्तर X नहीं है।', 'उत्तर X नहीं होगा।'],
    turned: ['उत्तर X नहीं, बल्कि Y है।', 'उत्तर Y है, X नहीं।', 'उत्तर X नहीं है, उत्तर Y है।'],
    corrected: [
      'नहीं, उत्तर Y है।',
      'रुकिए, मुझसे गलती हुई। उत्तर Y है।',
      'सुधार: उत्तर Y है।',
      'असल में उत्तर Y है।',
      'क्षमा करें, उत्तर Y है।',
    ],
    supposed: ['यदि उत्तर X हो, तो योग विषम होगा।', 'मान लीजिए उत्तर X है।', 'अगर उत्तर X होता, तो योग विषम होता।'],
    reported: ['कुछ लोग कहते हैं कि उत्तर X है।', 'पहली नज़र में उत्तर X है।'],
    asked: ['क्या उत्तर X है?', 'उत्तर X क्यों है?'],
    hedged: ['उत्तर X या Y है।', 'उत्तर या तो X है या Y।'],
  },
};
