// Generated from the .avsc files by `npm run generate`; not to be edited.
import type { Schema } from 'avsc';

export const schemas = {
  "problem": {
    "name": "sluice.Problem",
    "type": "record",
    "fields": [
      {
        "name": "id",
        "type": "string",
        "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
      },
      {
        "name": "statement",
        "type": "string"
      },
      {
        "name": "domain",
        "type": {
          "name": "sluice.Domain",
          "type": "enum",
          "symbols": [
            "maths",
            "code",
            "choice"
          ]
        }
      },
      {
        "name": "answer",
        "type": [
          "null",
          "string"
        ],
        "default": null,
        "doc": "Maths: the answer. Choice: the letter."
      },
      {
        "name": "choices",
        "type": {
          "type": "array",
          "items": "string"
        },
        "default": []
      },
      {
        "name": "language",
        "type": [
          "null",
          "string"
        ],
        "default": null
      },
      {
        "name": "prompt",
        "type": [
          "null",
          "string"
        ],
        "default": null,
        "doc": "Code: what stands before a completion."
      },
      {
        "name": "tests",
        "type": [
          "null",
          "string"
        ],
        "default": null,
        "doc": "Code: the tests, as JSON."
      },
      {
        "name": "source",
        "type": {
          "name": "sluice.Source",
          "type": "record",
          "fields": [
            {
              "name": "dataset",
              "type": "string"
            },
            {
              "name": "file",
              "type": "string",
              "doc": "Base name only: paths are the machine's own business."
            },
            {
              "name": "row",
              "type": "long",
              "doc": "From 0."
            },
            {
              "name": "id",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "The data set's own id."
            },
            {
              "name": "level",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "The data set's own level; MATH: 5 is the hardest."
            },
            {
              "name": "subject",
              "type": [
                "null",
                "string"
              ],
              "default": null
            },
            {
              "name": "licence",
              "type": [
                "null",
                "string"
              ],
              "default": null
            }
          ]
        }
      },
      {
        "name": "solution",
        "type": [
          "null",
          "string"
        ],
        "default": null,
        "doc": "The data set's worked solution; never shown to a model."
      },
      {
        "name": "contamination",
        "type": [
          "null",
          {
            "name": "sluice.Contamination",
            "type": "record",
            "fields": [
              {
                "name": "evaluation",
                "type": "string"
              },
              {
                "name": "text",
                "type": "string",
                "doc": "The words that stand in both."
              }
            ]
          }
        ],
        "default": null
      },
      {
        "name": "meta",
        "type": [
          "null",
          "string"
        ],
        "default": null,
        "doc": "What else the row said, as JSON."
      }
    ],
    "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
  },
  "graded": {
    "name": "sluice.Graded",
    "type": "record",
    "fields": [
      {
        "name": "problem",
        "type": {
          "name": "sluice.Problem",
          "type": "record",
          "fields": [
            {
              "name": "id",
              "type": "string",
              "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
            },
            {
              "name": "statement",
              "type": "string"
            },
            {
              "name": "domain",
              "type": {
                "name": "sluice.Domain",
                "type": "enum",
                "symbols": [
                  "maths",
                  "code",
                  "choice"
                ]
              }
            },
            {
              "name": "answer",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "Maths: the answer. Choice: the letter."
            },
            {
              "name": "choices",
              "type": {
                "type": "array",
                "items": "string"
              },
              "default": []
            },
            {
              "name": "language",
              "type": [
                "null",
                "string"
              ],
              "default": null
            },
            {
              "name": "prompt",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "Code: what stands before a completion."
            },
            {
              "name": "tests",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "Code: the tests, as JSON."
            },
            {
              "name": "source",
              "type": {
                "name": "sluice.Source",
                "type": "record",
                "fields": [
                  {
                    "name": "dataset",
                    "type": "string"
                  },
                  {
                    "name": "file",
                    "type": "string",
                    "doc": "Base name only: paths are the machine's own business."
                  },
                  {
                    "name": "row",
                    "type": "long",
                    "doc": "From 0."
                  },
                  {
                    "name": "id",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "The data set's own id."
                  },
                  {
                    "name": "level",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "The data set's own level; MATH: 5 is the hardest."
                  },
                  {
                    "name": "subject",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  },
                  {
                    "name": "licence",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  }
                ]
              }
            },
            {
              "name": "solution",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "The data set's worked solution; never shown to a model."
            },
            {
              "name": "contamination",
              "type": [
                "null",
                {
                  "name": "sluice.Contamination",
                  "type": "record",
                  "fields": [
                    {
                      "name": "evaluation",
                      "type": "string"
                    },
                    {
                      "name": "text",
                      "type": "string",
                      "doc": "The words that stand in both."
                    }
                  ]
                }
              ],
              "default": null
            },
            {
              "name": "meta",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "What else the row said, as JSON."
            }
          ],
          "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
        }
      },
      {
        "name": "student",
        "type": "string",
        "doc": "Model, and @revision where one is set."
      },
      {
        "name": "verdict",
        "type": {
          "name": "sluice.Verdict",
          "type": "enum",
          "symbols": [
            "right",
            "wrong",
            "unverifiable"
          ]
        },
        "doc": "Right: at least half of the attempts are."
      },
      {
        "name": "attempts",
        "type": {
          "type": "array",
          "items": {
            "name": "sluice.Attempt",
            "type": "record",
            "fields": [
              {
                "name": "sample",
                "type": "int"
              },
              {
                "name": "reasoning",
                "type": "string"
              },
              {
                "name": "answer",
                "type": "string"
              },
              {
                "name": "finish",
                "type": {
                  "name": "sluice.Finish",
                  "type": "enum",
                  "symbols": [
                    "stop",
                    "length",
                    "refused",
                    "other"
                  ]
                }
              },
              {
                "name": "verdict",
                "type": "sluice.Verdict"
              },
              {
                "name": "reason",
                "type": "string"
              },
              {
                "name": "extracted",
                "type": [
                  "null",
                  "string"
                ],
                "default": null
              },
              {
                "name": "passedShare",
                "type": [
                  "null",
                  "double"
                ],
                "default": null
              },
              {
                "name": "promptTokens",
                "type": "long"
              },
              {
                "name": "completionTokens",
                "type": "long"
              }
            ]
          }
        }
      },
      {
        "name": "simulated",
        "type": "boolean",
        "default": false
      }
    ],
    "doc": "A problem with the student's attempts, each judged by the verifier."
  },
  "scored": {
    "name": "sluice.Scored",
    "type": "record",
    "fields": [
      {
        "name": "graded",
        "type": {
          "name": "sluice.Graded",
          "type": "record",
          "fields": [
            {
              "name": "problem",
              "type": {
                "name": "sluice.Problem",
                "type": "record",
                "fields": [
                  {
                    "name": "id",
                    "type": "string",
                    "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
                  },
                  {
                    "name": "statement",
                    "type": "string"
                  },
                  {
                    "name": "domain",
                    "type": {
                      "name": "sluice.Domain",
                      "type": "enum",
                      "symbols": [
                        "maths",
                        "code",
                        "choice"
                      ]
                    }
                  },
                  {
                    "name": "answer",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "Maths: the answer. Choice: the letter."
                  },
                  {
                    "name": "choices",
                    "type": {
                      "type": "array",
                      "items": "string"
                    },
                    "default": []
                  },
                  {
                    "name": "language",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  },
                  {
                    "name": "prompt",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "Code: what stands before a completion."
                  },
                  {
                    "name": "tests",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "Code: the tests, as JSON."
                  },
                  {
                    "name": "source",
                    "type": {
                      "name": "sluice.Source",
                      "type": "record",
                      "fields": [
                        {
                          "name": "dataset",
                          "type": "string"
                        },
                        {
                          "name": "file",
                          "type": "string",
                          "doc": "Base name only: paths are the machine's own business."
                        },
                        {
                          "name": "row",
                          "type": "long",
                          "doc": "From 0."
                        },
                        {
                          "name": "id",
                          "type": [
                            "null",
                            "string"
                          ],
                          "default": null,
                          "doc": "The data set's own id."
                        },
                        {
                          "name": "level",
                          "type": [
                            "null",
                            "string"
                          ],
                          "default": null,
                          "doc": "The data set's own level; MATH: 5 is the hardest."
                        },
                        {
                          "name": "subject",
                          "type": [
                            "null",
                            "string"
                          ],
                          "default": null
                        },
                        {
                          "name": "licence",
                          "type": [
                            "null",
                            "string"
                          ],
                          "default": null
                        }
                      ]
                    }
                  },
                  {
                    "name": "solution",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "The data set's worked solution; never shown to a model."
                  },
                  {
                    "name": "contamination",
                    "type": [
                      "null",
                      {
                        "name": "sluice.Contamination",
                        "type": "record",
                        "fields": [
                          {
                            "name": "evaluation",
                            "type": "string"
                          },
                          {
                            "name": "text",
                            "type": "string",
                            "doc": "The words that stand in both."
                          }
                        ]
                      }
                    ],
                    "default": null
                  },
                  {
                    "name": "meta",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "What else the row said, as JSON."
                  }
                ],
                "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
              }
            },
            {
              "name": "student",
              "type": "string",
              "doc": "Model, and @revision where one is set."
            },
            {
              "name": "verdict",
              "type": {
                "name": "sluice.Verdict",
                "type": "enum",
                "symbols": [
                  "right",
                  "wrong",
                  "unverifiable"
                ]
              },
              "doc": "Right: at least half of the attempts are."
            },
            {
              "name": "attempts",
              "type": {
                "type": "array",
                "items": {
                  "name": "sluice.Attempt",
                  "type": "record",
                  "fields": [
                    {
                      "name": "sample",
                      "type": "int"
                    },
                    {
                      "name": "reasoning",
                      "type": "string"
                    },
                    {
                      "name": "answer",
                      "type": "string"
                    },
                    {
                      "name": "finish",
                      "type": {
                        "name": "sluice.Finish",
                        "type": "enum",
                        "symbols": [
                          "stop",
                          "length",
                          "refused",
                          "other"
                        ]
                      }
                    },
                    {
                      "name": "verdict",
                      "type": "sluice.Verdict"
                    },
                    {
                      "name": "reason",
                      "type": "string"
                    },
                    {
                      "name": "extracted",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null
                    },
                    {
                      "name": "passedShare",
                      "type": [
                        "null",
                        "double"
                      ],
                      "default": null
                    },
                    {
                      "name": "promptTokens",
                      "type": "long"
                    },
                    {
                      "name": "completionTokens",
                      "type": "long"
                    }
                  ]
                }
              }
            },
            {
              "name": "simulated",
              "type": "boolean",
              "default": false
            }
          ],
          "doc": "A problem with the student's attempts, each judged by the verifier."
        }
      },
      {
        "name": "scores",
        "type": {
          "type": "array",
          "items": {
            "name": "sluice.TrajectoryScore",
            "type": "record",
            "fields": [
              {
                "name": "sample",
                "type": "int",
                "doc": "Which attempt; only wrong ones are here."
              },
              {
                "name": "steps",
                "type": {
                  "type": "array",
                  "items": "double"
                },
                "doc": "Each in [0, 1]."
              },
              {
                "name": "score",
                "type": "double",
                "doc": "The steps aggregated, in [0, 1]."
              }
            ]
          }
        }
      },
      {
        "name": "score",
        "type": [
          "null",
          "double"
        ],
        "default": null,
        "doc": "Mean over the wrong trajectories; null where none is wrong."
      }
    ],
    "doc": "Graded, with the scorer's marks on the wrong trajectories."
  },
  "levelled": {
    "name": "sluice.Levelled",
    "type": "record",
    "fields": [
      {
        "name": "scored",
        "type": {
          "name": "sluice.Scored",
          "type": "record",
          "fields": [
            {
              "name": "graded",
              "type": {
                "name": "sluice.Graded",
                "type": "record",
                "fields": [
                  {
                    "name": "problem",
                    "type": {
                      "name": "sluice.Problem",
                      "type": "record",
                      "fields": [
                        {
                          "name": "id",
                          "type": "string",
                          "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
                        },
                        {
                          "name": "statement",
                          "type": "string"
                        },
                        {
                          "name": "domain",
                          "type": {
                            "name": "sluice.Domain",
                            "type": "enum",
                            "symbols": [
                              "maths",
                              "code",
                              "choice"
                            ]
                          }
                        },
                        {
                          "name": "answer",
                          "type": [
                            "null",
                            "string"
                          ],
                          "default": null,
                          "doc": "Maths: the answer. Choice: the letter."
                        },
                        {
                          "name": "choices",
                          "type": {
                            "type": "array",
                            "items": "string"
                          },
                          "default": []
                        },
                        {
                          "name": "language",
                          "type": [
                            "null",
                            "string"
                          ],
                          "default": null
                        },
                        {
                          "name": "prompt",
                          "type": [
                            "null",
                            "string"
                          ],
                          "default": null,
                          "doc": "Code: what stands before a completion."
                        },
                        {
                          "name": "tests",
                          "type": [
                            "null",
                            "string"
                          ],
                          "default": null,
                          "doc": "Code: the tests, as JSON."
                        },
                        {
                          "name": "source",
                          "type": {
                            "name": "sluice.Source",
                            "type": "record",
                            "fields": [
                              {
                                "name": "dataset",
                                "type": "string"
                              },
                              {
                                "name": "file",
                                "type": "string",
                                "doc": "Base name only: paths are the machine's own business."
                              },
                              {
                                "name": "row",
                                "type": "long",
                                "doc": "From 0."
                              },
                              {
                                "name": "id",
                                "type": [
                                  "null",
                                  "string"
                                ],
                                "default": null,
                                "doc": "The data set's own id."
                              },
                              {
                                "name": "level",
                                "type": [
                                  "null",
                                  "string"
                                ],
                                "default": null,
                                "doc": "The data set's own level; MATH: 5 is the hardest."
                              },
                              {
                                "name": "subject",
                                "type": [
                                  "null",
                                  "string"
                                ],
                                "default": null
                              },
                              {
                                "name": "licence",
                                "type": [
                                  "null",
                                  "string"
                                ],
                                "default": null
                              }
                            ]
                          }
                        },
                        {
                          "name": "solution",
                          "type": [
                            "null",
                            "string"
                          ],
                          "default": null,
                          "doc": "The data set's worked solution; never shown to a model."
                        },
                        {
                          "name": "contamination",
                          "type": [
                            "null",
                            {
                              "name": "sluice.Contamination",
                              "type": "record",
                              "fields": [
                                {
                                  "name": "evaluation",
                                  "type": "string"
                                },
                                {
                                  "name": "text",
                                  "type": "string",
                                  "doc": "The words that stand in both."
                                }
                              ]
                            }
                          ],
                          "default": null
                        },
                        {
                          "name": "meta",
                          "type": [
                            "null",
                            "string"
                          ],
                          "default": null,
                          "doc": "What else the row said, as JSON."
                        }
                      ],
                      "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
                    }
                  },
                  {
                    "name": "student",
                    "type": "string",
                    "doc": "Model, and @revision where one is set."
                  },
                  {
                    "name": "verdict",
                    "type": {
                      "name": "sluice.Verdict",
                      "type": "enum",
                      "symbols": [
                        "right",
                        "wrong",
                        "unverifiable"
                      ]
                    },
                    "doc": "Right: at least half of the attempts are."
                  },
                  {
                    "name": "attempts",
                    "type": {
                      "type": "array",
                      "items": {
                        "name": "sluice.Attempt",
                        "type": "record",
                        "fields": [
                          {
                            "name": "sample",
                            "type": "int"
                          },
                          {
                            "name": "reasoning",
                            "type": "string"
                          },
                          {
                            "name": "answer",
                            "type": "string"
                          },
                          {
                            "name": "finish",
                            "type": {
                              "name": "sluice.Finish",
                              "type": "enum",
                              "symbols": [
                                "stop",
                                "length",
                                "refused",
                                "other"
                              ]
                            }
                          },
                          {
                            "name": "verdict",
                            "type": "sluice.Verdict"
                          },
                          {
                            "name": "reason",
                            "type": "string"
                          },
                          {
                            "name": "extracted",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null
                          },
                          {
                            "name": "passedShare",
                            "type": [
                              "null",
                              "double"
                            ],
                            "default": null
                          },
                          {
                            "name": "promptTokens",
                            "type": "long"
                          },
                          {
                            "name": "completionTokens",
                            "type": "long"
                          }
                        ]
                      }
                    }
                  },
                  {
                    "name": "simulated",
                    "type": "boolean",
                    "default": false
                  }
                ],
                "doc": "A problem with the student's attempts, each judged by the verifier."
              }
            },
            {
              "name": "scores",
              "type": {
                "type": "array",
                "items": {
                  "name": "sluice.TrajectoryScore",
                  "type": "record",
                  "fields": [
                    {
                      "name": "sample",
                      "type": "int",
                      "doc": "Which attempt; only wrong ones are here."
                    },
                    {
                      "name": "steps",
                      "type": {
                        "type": "array",
                        "items": "double"
                      },
                      "doc": "Each in [0, 1]."
                    },
                    {
                      "name": "score",
                      "type": "double",
                      "doc": "The steps aggregated, in [0, 1]."
                    }
                  ]
                }
              }
            },
            {
              "name": "score",
              "type": [
                "null",
                "double"
              ],
              "default": null,
              "doc": "Mean over the wrong trajectories; null where none is wrong."
            }
          ],
          "doc": "Graded, with the scorer's marks on the wrong trajectories."
        }
      },
      {
        "name": "level",
        "type": {
          "name": "sluice.Level",
          "type": "enum",
          "symbols": [
            "easy",
            "level_5",
            "level_4",
            "level_3",
            "level_2",
            "level_1"
          ]
        },
        "doc": "By rising hardness: level_1 is the hardest."
      },
      {
        "name": "passRate",
        "type": "double",
        "doc": "Share of the attempts that are right."
      }
    ],
    "doc": "The problem bank: a problem with its level for this student."
  },
  "admitted": {
    "name": "sluice.Admitted",
    "type": "record",
    "fields": [
      {
        "name": "levelled",
        "type": {
          "name": "sluice.Levelled",
          "type": "record",
          "fields": [
            {
              "name": "scored",
              "type": {
                "name": "sluice.Scored",
                "type": "record",
                "fields": [
                  {
                    "name": "graded",
                    "type": {
                      "name": "sluice.Graded",
                      "type": "record",
                      "fields": [
                        {
                          "name": "problem",
                          "type": {
                            "name": "sluice.Problem",
                            "type": "record",
                            "fields": [
                              {
                                "name": "id",
                                "type": "string",
                                "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
                              },
                              {
                                "name": "statement",
                                "type": "string"
                              },
                              {
                                "name": "domain",
                                "type": {
                                  "name": "sluice.Domain",
                                  "type": "enum",
                                  "symbols": [
                                    "maths",
                                    "code",
                                    "choice"
                                  ]
                                }
                              },
                              {
                                "name": "answer",
                                "type": [
                                  "null",
                                  "string"
                                ],
                                "default": null,
                                "doc": "Maths: the answer. Choice: the letter."
                              },
                              {
                                "name": "choices",
                                "type": {
                                  "type": "array",
                                  "items": "string"
                                },
                                "default": []
                              },
                              {
                                "name": "language",
                                "type": [
                                  "null",
                                  "string"
                                ],
                                "default": null
                              },
                              {
                                "name": "prompt",
                                "type": [
                                  "null",
                                  "string"
                                ],
                                "default": null,
                                "doc": "Code: what stands before a completion."
                              },
                              {
                                "name": "tests",
                                "type": [
                                  "null",
                                  "string"
                                ],
                                "default": null,
                                "doc": "Code: the tests, as JSON."
                              },
                              {
                                "name": "source",
                                "type": {
                                  "name": "sluice.Source",
                                  "type": "record",
                                  "fields": [
                                    {
                                      "name": "dataset",
                                      "type": "string"
                                    },
                                    {
                                      "name": "file",
                                      "type": "string",
                                      "doc": "Base name only: paths are the machine's own business."
                                    },
                                    {
                                      "name": "row",
                                      "type": "long",
                                      "doc": "From 0."
                                    },
                                    {
                                      "name": "id",
                                      "type": [
                                        "null",
                                        "string"
                                      ],
                                      "default": null,
                                      "doc": "The data set's own id."
                                    },
                                    {
                                      "name": "level",
                                      "type": [
                                        "null",
                                        "string"
                                      ],
                                      "default": null,
                                      "doc": "The data set's own level; MATH: 5 is the hardest."
                                    },
                                    {
                                      "name": "subject",
                                      "type": [
                                        "null",
                                        "string"
                                      ],
                                      "default": null
                                    },
                                    {
                                      "name": "licence",
                                      "type": [
                                        "null",
                                        "string"
                                      ],
                                      "default": null
                                    }
                                  ]
                                }
                              },
                              {
                                "name": "solution",
                                "type": [
                                  "null",
                                  "string"
                                ],
                                "default": null,
                                "doc": "The data set's worked solution; never shown to a model."
                              },
                              {
                                "name": "contamination",
                                "type": [
                                  "null",
                                  {
                                    "name": "sluice.Contamination",
                                    "type": "record",
                                    "fields": [
                                      {
                                        "name": "evaluation",
                                        "type": "string"
                                      },
                                      {
                                        "name": "text",
                                        "type": "string",
                                        "doc": "The words that stand in both."
                                      }
                                    ]
                                  }
                                ],
                                "default": null
                              },
                              {
                                "name": "meta",
                                "type": [
                                  "null",
                                  "string"
                                ],
                                "default": null,
                                "doc": "What else the row said, as JSON."
                              }
                            ],
                            "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
                          }
                        },
                        {
                          "name": "student",
                          "type": "string",
                          "doc": "Model, and @revision where one is set."
                        },
                        {
                          "name": "verdict",
                          "type": {
                            "name": "sluice.Verdict",
                            "type": "enum",
                            "symbols": [
                              "right",
                              "wrong",
                              "unverifiable"
                            ]
                          },
                          "doc": "Right: at least half of the attempts are."
                        },
                        {
                          "name": "attempts",
                          "type": {
                            "type": "array",
                            "items": {
                              "name": "sluice.Attempt",
                              "type": "record",
                              "fields": [
                                {
                                  "name": "sample",
                                  "type": "int"
                                },
                                {
                                  "name": "reasoning",
                                  "type": "string"
                                },
                                {
                                  "name": "answer",
                                  "type": "string"
                                },
                                {
                                  "name": "finish",
                                  "type": {
                                    "name": "sluice.Finish",
                                    "type": "enum",
                                    "symbols": [
                                      "stop",
                                      "length",
                                      "refused",
                                      "other"
                                    ]
                                  }
                                },
                                {
                                  "name": "verdict",
                                  "type": "sluice.Verdict"
                                },
                                {
                                  "name": "reason",
                                  "type": "string"
                                },
                                {
                                  "name": "extracted",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null
                                },
                                {
                                  "name": "passedShare",
                                  "type": [
                                    "null",
                                    "double"
                                  ],
                                  "default": null
                                },
                                {
                                  "name": "promptTokens",
                                  "type": "long"
                                },
                                {
                                  "name": "completionTokens",
                                  "type": "long"
                                }
                              ]
                            }
                          }
                        },
                        {
                          "name": "simulated",
                          "type": "boolean",
                          "default": false
                        }
                      ],
                      "doc": "A problem with the student's attempts, each judged by the verifier."
                    }
                  },
                  {
                    "name": "scores",
                    "type": {
                      "type": "array",
                      "items": {
                        "name": "sluice.TrajectoryScore",
                        "type": "record",
                        "fields": [
                          {
                            "name": "sample",
                            "type": "int",
                            "doc": "Which attempt; only wrong ones are here."
                          },
                          {
                            "name": "steps",
                            "type": {
                              "type": "array",
                              "items": "double"
                            },
                            "doc": "Each in [0, 1]."
                          },
                          {
                            "name": "score",
                            "type": "double",
                            "doc": "The steps aggregated, in [0, 1]."
                          }
                        ]
                      }
                    }
                  },
                  {
                    "name": "score",
                    "type": [
                      "null",
                      "double"
                    ],
                    "default": null,
                    "doc": "Mean over the wrong trajectories; null where none is wrong."
                  }
                ],
                "doc": "Graded, with the scorer's marks on the wrong trajectories."
              }
            },
            {
              "name": "level",
              "type": {
                "name": "sluice.Level",
                "type": "enum",
                "symbols": [
                  "easy",
                  "level_5",
                  "level_4",
                  "level_3",
                  "level_2",
                  "level_1"
                ]
              },
              "doc": "By rising hardness: level_1 is the hardest."
            },
            {
              "name": "passRate",
              "type": "double",
              "doc": "Share of the attempts that are right."
            }
          ],
          "doc": "The problem bank: a problem with its level for this student."
        }
      },
      {
        "name": "admission",
        "type": "long",
        "doc": "Running number of the decision, from 0."
      }
    ],
    "doc": "What the sampler let through to the teacher."
  },
  "cot": {
    "name": "sluice.Cot",
    "type": "record",
    "fields": [
      {
        "name": "problem",
        "type": {
          "name": "sluice.Problem",
          "type": "record",
          "fields": [
            {
              "name": "id",
              "type": "string",
              "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
            },
            {
              "name": "statement",
              "type": "string"
            },
            {
              "name": "domain",
              "type": {
                "name": "sluice.Domain",
                "type": "enum",
                "symbols": [
                  "maths",
                  "code",
                  "choice"
                ]
              }
            },
            {
              "name": "answer",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "Maths: the answer. Choice: the letter."
            },
            {
              "name": "choices",
              "type": {
                "type": "array",
                "items": "string"
              },
              "default": []
            },
            {
              "name": "language",
              "type": [
                "null",
                "string"
              ],
              "default": null
            },
            {
              "name": "prompt",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "Code: what stands before a completion."
            },
            {
              "name": "tests",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "Code: the tests, as JSON."
            },
            {
              "name": "source",
              "type": {
                "name": "sluice.Source",
                "type": "record",
                "fields": [
                  {
                    "name": "dataset",
                    "type": "string"
                  },
                  {
                    "name": "file",
                    "type": "string",
                    "doc": "Base name only: paths are the machine's own business."
                  },
                  {
                    "name": "row",
                    "type": "long",
                    "doc": "From 0."
                  },
                  {
                    "name": "id",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "The data set's own id."
                  },
                  {
                    "name": "level",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "The data set's own level; MATH: 5 is the hardest."
                  },
                  {
                    "name": "subject",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  },
                  {
                    "name": "licence",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  }
                ]
              }
            },
            {
              "name": "solution",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "The data set's worked solution; never shown to a model."
            },
            {
              "name": "contamination",
              "type": [
                "null",
                {
                  "name": "sluice.Contamination",
                  "type": "record",
                  "fields": [
                    {
                      "name": "evaluation",
                      "type": "string"
                    },
                    {
                      "name": "text",
                      "type": "string",
                      "doc": "The words that stand in both."
                    }
                  ]
                }
              ],
              "default": null
            },
            {
              "name": "meta",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "What else the row said, as JSON."
            }
          ],
          "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
        }
      },
      {
        "name": "level",
        "type": {
          "name": "sluice.Level",
          "type": "enum",
          "symbols": [
            "easy",
            "level_5",
            "level_4",
            "level_3",
            "level_2",
            "level_1"
          ]
        }
      },
      {
        "name": "score",
        "type": [
          "null",
          "double"
        ],
        "default": null
      },
      {
        "name": "student",
        "type": "string"
      },
      {
        "name": "teacher",
        "type": "string"
      },
      {
        "name": "admission",
        "type": "long"
      },
      {
        "name": "prompt",
        "type": "string",
        "doc": "The user's turn as the teacher saw it."
      },
      {
        "name": "reasoning",
        "type": "string"
      },
      {
        "name": "answer",
        "type": "string"
      },
      {
        "name": "extracted",
        "type": [
          "null",
          "string"
        ],
        "default": null
      },
      {
        "name": "attempts",
        "type": {
          "type": "array",
          "items": {
            "name": "sluice.TeacherAttempt",
            "type": "record",
            "fields": [
              {
                "name": "sample",
                "type": "int"
              },
              {
                "name": "reasoning",
                "type": "string"
              },
              {
                "name": "answer",
                "type": "string"
              },
              {
                "name": "outcome",
                "type": {
                  "name": "sluice.AttemptOutcome",
                  "type": "enum",
                  "symbols": [
                    "verified",
                    "unverified",
                    "truncated",
                    "refused",
                    "empty",
                    "unverifiable"
                  ]
                }
              },
              {
                "name": "reason",
                "type": "string"
              },
              {
                "name": "promptTokens",
                "type": "long"
              },
              {
                "name": "completionTokens",
                "type": "long"
              }
            ]
          }
        },
        "doc": "Every attempt that was asked for, the verified one without its texts."
      },
      {
        "name": "simulated",
        "type": "boolean",
        "default": false
      }
    ],
    "doc": "A verified chain of thought."
  },
  "rejected": {
    "name": "sluice.Rejected",
    "type": "record",
    "fields": [
      {
        "name": "problem",
        "type": {
          "name": "sluice.Problem",
          "type": "record",
          "fields": [
            {
              "name": "id",
              "type": "string",
              "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
            },
            {
              "name": "statement",
              "type": "string"
            },
            {
              "name": "domain",
              "type": {
                "name": "sluice.Domain",
                "type": "enum",
                "symbols": [
                  "maths",
                  "code",
                  "choice"
                ]
              }
            },
            {
              "name": "answer",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "Maths: the answer. Choice: the letter."
            },
            {
              "name": "choices",
              "type": {
                "type": "array",
                "items": "string"
              },
              "default": []
            },
            {
              "name": "language",
              "type": [
                "null",
                "string"
              ],
              "default": null
            },
            {
              "name": "prompt",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "Code: what stands before a completion."
            },
            {
              "name": "tests",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "Code: the tests, as JSON."
            },
            {
              "name": "source",
              "type": {
                "name": "sluice.Source",
                "type": "record",
                "fields": [
                  {
                    "name": "dataset",
                    "type": "string"
                  },
                  {
                    "name": "file",
                    "type": "string",
                    "doc": "Base name only: paths are the machine's own business."
                  },
                  {
                    "name": "row",
                    "type": "long",
                    "doc": "From 0."
                  },
                  {
                    "name": "id",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "The data set's own id."
                  },
                  {
                    "name": "level",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null,
                    "doc": "The data set's own level; MATH: 5 is the hardest."
                  },
                  {
                    "name": "subject",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  },
                  {
                    "name": "licence",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  }
                ]
              }
            },
            {
              "name": "solution",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "The data set's worked solution; never shown to a model."
            },
            {
              "name": "contamination",
              "type": [
                "null",
                {
                  "name": "sluice.Contamination",
                  "type": "record",
                  "fields": [
                    {
                      "name": "evaluation",
                      "type": "string"
                    },
                    {
                      "name": "text",
                      "type": "string",
                      "doc": "The words that stand in both."
                    }
                  ]
                }
              ],
              "default": null
            },
            {
              "name": "meta",
              "type": [
                "null",
                "string"
              ],
              "default": null,
              "doc": "What else the row said, as JSON."
            }
          ],
          "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
        }
      },
      {
        "name": "level",
        "type": {
          "name": "sluice.Level",
          "type": "enum",
          "symbols": [
            "easy",
            "level_5",
            "level_4",
            "level_3",
            "level_2",
            "level_1"
          ]
        }
      },
      {
        "name": "score",
        "type": [
          "null",
          "double"
        ],
        "default": null
      },
      {
        "name": "student",
        "type": "string"
      },
      {
        "name": "teacher",
        "type": "string"
      },
      {
        "name": "admission",
        "type": "long"
      },
      {
        "name": "prompt",
        "type": "string"
      },
      {
        "name": "reason",
        "type": {
          "name": "sluice.AttemptOutcome",
          "type": "enum",
          "symbols": [
            "verified",
            "unverified",
            "truncated",
            "refused",
            "empty",
            "unverifiable"
          ]
        },
        "doc": "Of the last attempt."
      },
      {
        "name": "attempts",
        "type": {
          "type": "array",
          "items": {
            "name": "sluice.TeacherAttempt",
            "type": "record",
            "fields": [
              {
                "name": "sample",
                "type": "int"
              },
              {
                "name": "reasoning",
                "type": "string"
              },
              {
                "name": "answer",
                "type": "string"
              },
              {
                "name": "outcome",
                "type": "sluice.AttemptOutcome"
              },
              {
                "name": "reason",
                "type": "string"
              },
              {
                "name": "promptTokens",
                "type": "long"
              },
              {
                "name": "completionTokens",
                "type": "long"
              }
            ]
          }
        }
      },
      {
        "name": "simulated",
        "type": "boolean",
        "default": false
      }
    ],
    "doc": "An admitted problem that the teacher did not solve, with every attempt."
  },
  "outcome": {
    "name": "sluice.Outcome",
    "type": "record",
    "fields": [
      {
        "name": "id",
        "type": "string"
      },
      {
        "name": "level",
        "type": {
          "name": "sluice.Level",
          "type": "enum",
          "symbols": [
            "easy",
            "level_5",
            "level_4",
            "level_3",
            "level_2",
            "level_1"
          ]
        }
      },
      {
        "name": "admission",
        "type": "long"
      },
      {
        "name": "became",
        "type": {
          "name": "sluice.Became",
          "type": "enum",
          "symbols": [
            "emitted",
            "rejected",
            "dead",
            "returned"
          ]
        },
        "doc": "Returned: not tried, the money ended; it is parked again."
      }
    ],
    "doc": "What became of one admission."
  },
  "control": {
    "name": "sluice.Control",
    "type": "record",
    "fields": [
      {
        "name": "kind",
        "type": {
          "name": "sluice.ControlKind",
          "type": "enum",
          "symbols": [
            "sealed",
            "intake",
            "target",
            "thresholds",
            "stop"
          ]
        }
      },
      {
        "name": "sealed",
        "type": [
          "null",
          {
            "name": "sluice.Sealed",
            "type": "record",
            "fields": [
              {
                "name": "topic",
                "type": "string"
              },
              {
                "name": "partition",
                "type": "int"
              },
              {
                "name": "end",
                "type": "long",
                "doc": "The offset after the last record."
              },
              {
                "name": "epoch",
                "type": "long"
              }
            ],
            "doc": "Nothing follows in this partition of the topic, as long as the epoch lasts."
          }
        ],
        "default": null
      },
      {
        "name": "open",
        "type": [
          "null",
          "boolean"
        ],
        "default": null,
        "doc": "Intake: whether more problems are to be graded."
      },
      {
        "name": "settings",
        "type": [
          "null",
          "string"
        ],
        "default": null,
        "doc": "Target, thresholds: the settings as JSON. Stop: the reason."
      }
    ],
    "doc": "What steers a run: one log, totally ordered."
  },
  "dead-letter": {
    "name": "sluice.DeadLetter",
    "type": "record",
    "fields": [
      {
        "name": "run",
        "type": "string"
      },
      {
        "name": "stage",
        "type": "string"
      },
      {
        "name": "code",
        "type": "string"
      },
      {
        "name": "message",
        "type": "string"
      },
      {
        "name": "attempt",
        "type": "int",
        "doc": "From 1; a retry supersedes."
      },
      {
        "name": "topic",
        "type": [
          "null",
          "string"
        ],
        "default": null,
        "doc": "Null for a row of a data file."
      },
      {
        "name": "partition",
        "type": [
          "null",
          "int"
        ],
        "default": null
      },
      {
        "name": "offset",
        "type": [
          "null",
          "long"
        ],
        "default": null
      },
      {
        "name": "origin",
        "type": [
          "null",
          "string"
        ],
        "default": null,
        "doc": "File and line of a data file's row."
      },
      {
        "name": "length",
        "type": "long"
      },
      {
        "name": "sha256",
        "type": "string"
      },
      {
        "name": "value",
        "type": "bytes",
        "doc": "The original bytes, the first 64 KiB of them at most."
      }
    ],
    "doc": "A record that could not be processed, with its bytes as they were."
  },
  "journal-entry": {
    "name": "sluice.JournalEntry",
    "type": "record",
    "fields": [
      {
        "name": "model",
        "type": "string"
      },
      {
        "name": "reasoning",
        "type": "string",
        "default": ""
      },
      {
        "name": "answer",
        "type": "string",
        "default": ""
      },
      {
        "name": "finish",
        "type": [
          "null",
          {
            "name": "sluice.Finish",
            "type": "enum",
            "symbols": [
              "stop",
              "length",
              "refused",
              "other"
            ]
          }
        ],
        "default": null
      },
      {
        "name": "scores",
        "type": {
          "type": "array",
          "items": "double"
        },
        "default": []
      },
      {
        "name": "promptTokens",
        "type": "long"
      },
      {
        "name": "completionTokens",
        "type": "long"
      },
      {
        "name": "cost",
        "type": "double",
        "default": 0,
        "doc": "What it was settled at, in the currency of the prices."
      },
      {
        "name": "simulated",
        "type": "boolean",
        "default": false
      }
    ],
    "doc": "A model's response, durable before anything rests on it."
  }
} satisfies Record<string, Schema>;

/** Every version that was ever released, so that its bytes can be read for good. */

export const released: readonly Record<string, Schema>[] = [
  {
    "problem": {
      "name": "sluice.Problem",
      "type": "record",
      "fields": [
        {
          "name": "id",
          "type": "string",
          "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
        },
        {
          "name": "statement",
          "type": "string"
        },
        {
          "name": "domain",
          "type": {
            "name": "sluice.Domain",
            "type": "enum",
            "symbols": [
              "maths",
              "code",
              "choice"
            ]
          }
        },
        {
          "name": "answer",
          "type": [
            "null",
            "string"
          ],
          "default": null,
          "doc": "Maths: the answer. Choice: the letter."
        },
        {
          "name": "choices",
          "type": {
            "type": "array",
            "items": "string"
          },
          "default": []
        },
        {
          "name": "language",
          "type": [
            "null",
            "string"
          ],
          "default": null
        },
        {
          "name": "prompt",
          "type": [
            "null",
            "string"
          ],
          "default": null,
          "doc": "Code: what stands before a completion."
        },
        {
          "name": "tests",
          "type": [
            "null",
            "string"
          ],
          "default": null,
          "doc": "Code: the tests, as JSON."
        },
        {
          "name": "source",
          "type": {
            "name": "sluice.Source",
            "type": "record",
            "fields": [
              {
                "name": "dataset",
                "type": "string"
              },
              {
                "name": "file",
                "type": "string",
                "doc": "Base name only: paths are the machine's own business."
              },
              {
                "name": "row",
                "type": "long",
                "doc": "From 0."
              },
              {
                "name": "id",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "The data set's own id."
              },
              {
                "name": "level",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "The data set's own level; MATH: 5 is the hardest."
              },
              {
                "name": "subject",
                "type": [
                  "null",
                  "string"
                ],
                "default": null
              },
              {
                "name": "licence",
                "type": [
                  "null",
                  "string"
                ],
                "default": null
              }
            ]
          }
        },
        {
          "name": "solution",
          "type": [
            "null",
            "string"
          ],
          "default": null,
          "doc": "The data set's worked solution; never shown to a model."
        },
        {
          "name": "contamination",
          "type": [
            "null",
            {
              "name": "sluice.Contamination",
              "type": "record",
              "fields": [
                {
                  "name": "evaluation",
                  "type": "string"
                },
                {
                  "name": "text",
                  "type": "string",
                  "doc": "The words that stand in both."
                }
              ]
            }
          ],
          "default": null
        },
        {
          "name": "meta",
          "type": [
            "null",
            "string"
          ],
          "default": null,
          "doc": "What else the row said, as JSON."
        }
      ],
      "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
    },
    "graded": {
      "name": "sluice.Graded",
      "type": "record",
      "fields": [
        {
          "name": "problem",
          "type": {
            "name": "sluice.Problem",
            "type": "record",
            "fields": [
              {
                "name": "id",
                "type": "string",
                "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
              },
              {
                "name": "statement",
                "type": "string"
              },
              {
                "name": "domain",
                "type": {
                  "name": "sluice.Domain",
                  "type": "enum",
                  "symbols": [
                    "maths",
                    "code",
                    "choice"
                  ]
                }
              },
              {
                "name": "answer",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "Maths: the answer. Choice: the letter."
              },
              {
                "name": "choices",
                "type": {
                  "type": "array",
                  "items": "string"
                },
                "default": []
              },
              {
                "name": "language",
                "type": [
                  "null",
                  "string"
                ],
                "default": null
              },
              {
                "name": "prompt",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "Code: what stands before a completion."
              },
              {
                "name": "tests",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "Code: the tests, as JSON."
              },
              {
                "name": "source",
                "type": {
                  "name": "sluice.Source",
                  "type": "record",
                  "fields": [
                    {
                      "name": "dataset",
                      "type": "string"
                    },
                    {
                      "name": "file",
                      "type": "string",
                      "doc": "Base name only: paths are the machine's own business."
                    },
                    {
                      "name": "row",
                      "type": "long",
                      "doc": "From 0."
                    },
                    {
                      "name": "id",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "The data set's own id."
                    },
                    {
                      "name": "level",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "The data set's own level; MATH: 5 is the hardest."
                    },
                    {
                      "name": "subject",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null
                    },
                    {
                      "name": "licence",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null
                    }
                  ]
                }
              },
              {
                "name": "solution",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "The data set's worked solution; never shown to a model."
              },
              {
                "name": "contamination",
                "type": [
                  "null",
                  {
                    "name": "sluice.Contamination",
                    "type": "record",
                    "fields": [
                      {
                        "name": "evaluation",
                        "type": "string"
                      },
                      {
                        "name": "text",
                        "type": "string",
                        "doc": "The words that stand in both."
                      }
                    ]
                  }
                ],
                "default": null
              },
              {
                "name": "meta",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "What else the row said, as JSON."
              }
            ],
            "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
          }
        },
        {
          "name": "student",
          "type": "string",
          "doc": "Model, and @revision where one is set."
        },
        {
          "name": "verdict",
          "type": {
            "name": "sluice.Verdict",
            "type": "enum",
            "symbols": [
              "right",
              "wrong",
              "unverifiable"
            ]
          },
          "doc": "Right: at least half of the attempts are."
        },
        {
          "name": "attempts",
          "type": {
            "type": "array",
            "items": {
              "name": "sluice.Attempt",
              "type": "record",
              "fields": [
                {
                  "name": "sample",
                  "type": "int"
                },
                {
                  "name": "reasoning",
                  "type": "string"
                },
                {
                  "name": "answer",
                  "type": "string"
                },
                {
                  "name": "finish",
                  "type": {
                    "name": "sluice.Finish",
                    "type": "enum",
                    "symbols": [
                      "stop",
                      "length",
                      "refused",
                      "other"
                    ]
                  }
                },
                {
                  "name": "verdict",
                  "type": "sluice.Verdict"
                },
                {
                  "name": "reason",
                  "type": "string"
                },
                {
                  "name": "extracted",
                  "type": [
                    "null",
                    "string"
                  ],
                  "default": null
                },
                {
                  "name": "passedShare",
                  "type": [
                    "null",
                    "double"
                  ],
                  "default": null
                },
                {
                  "name": "promptTokens",
                  "type": "long"
                },
                {
                  "name": "completionTokens",
                  "type": "long"
                }
              ]
            }
          }
        },
        {
          "name": "simulated",
          "type": "boolean",
          "default": false
        }
      ],
      "doc": "A problem with the student's attempts, each judged by the verifier."
    },
    "scored": {
      "name": "sluice.Scored",
      "type": "record",
      "fields": [
        {
          "name": "graded",
          "type": {
            "name": "sluice.Graded",
            "type": "record",
            "fields": [
              {
                "name": "problem",
                "type": {
                  "name": "sluice.Problem",
                  "type": "record",
                  "fields": [
                    {
                      "name": "id",
                      "type": "string",
                      "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
                    },
                    {
                      "name": "statement",
                      "type": "string"
                    },
                    {
                      "name": "domain",
                      "type": {
                        "name": "sluice.Domain",
                        "type": "enum",
                        "symbols": [
                          "maths",
                          "code",
                          "choice"
                        ]
                      }
                    },
                    {
                      "name": "answer",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "Maths: the answer. Choice: the letter."
                    },
                    {
                      "name": "choices",
                      "type": {
                        "type": "array",
                        "items": "string"
                      },
                      "default": []
                    },
                    {
                      "name": "language",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null
                    },
                    {
                      "name": "prompt",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "Code: what stands before a completion."
                    },
                    {
                      "name": "tests",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "Code: the tests, as JSON."
                    },
                    {
                      "name": "source",
                      "type": {
                        "name": "sluice.Source",
                        "type": "record",
                        "fields": [
                          {
                            "name": "dataset",
                            "type": "string"
                          },
                          {
                            "name": "file",
                            "type": "string",
                            "doc": "Base name only: paths are the machine's own business."
                          },
                          {
                            "name": "row",
                            "type": "long",
                            "doc": "From 0."
                          },
                          {
                            "name": "id",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null,
                            "doc": "The data set's own id."
                          },
                          {
                            "name": "level",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null,
                            "doc": "The data set's own level; MATH: 5 is the hardest."
                          },
                          {
                            "name": "subject",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null
                          },
                          {
                            "name": "licence",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null
                          }
                        ]
                      }
                    },
                    {
                      "name": "solution",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "The data set's worked solution; never shown to a model."
                    },
                    {
                      "name": "contamination",
                      "type": [
                        "null",
                        {
                          "name": "sluice.Contamination",
                          "type": "record",
                          "fields": [
                            {
                              "name": "evaluation",
                              "type": "string"
                            },
                            {
                              "name": "text",
                              "type": "string",
                              "doc": "The words that stand in both."
                            }
                          ]
                        }
                      ],
                      "default": null
                    },
                    {
                      "name": "meta",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "What else the row said, as JSON."
                    }
                  ],
                  "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
                }
              },
              {
                "name": "student",
                "type": "string",
                "doc": "Model, and @revision where one is set."
              },
              {
                "name": "verdict",
                "type": {
                  "name": "sluice.Verdict",
                  "type": "enum",
                  "symbols": [
                    "right",
                    "wrong",
                    "unverifiable"
                  ]
                },
                "doc": "Right: at least half of the attempts are."
              },
              {
                "name": "attempts",
                "type": {
                  "type": "array",
                  "items": {
                    "name": "sluice.Attempt",
                    "type": "record",
                    "fields": [
                      {
                        "name": "sample",
                        "type": "int"
                      },
                      {
                        "name": "reasoning",
                        "type": "string"
                      },
                      {
                        "name": "answer",
                        "type": "string"
                      },
                      {
                        "name": "finish",
                        "type": {
                          "name": "sluice.Finish",
                          "type": "enum",
                          "symbols": [
                            "stop",
                            "length",
                            "refused",
                            "other"
                          ]
                        }
                      },
                      {
                        "name": "verdict",
                        "type": "sluice.Verdict"
                      },
                      {
                        "name": "reason",
                        "type": "string"
                      },
                      {
                        "name": "extracted",
                        "type": [
                          "null",
                          "string"
                        ],
                        "default": null
                      },
                      {
                        "name": "passedShare",
                        "type": [
                          "null",
                          "double"
                        ],
                        "default": null
                      },
                      {
                        "name": "promptTokens",
                        "type": "long"
                      },
                      {
                        "name": "completionTokens",
                        "type": "long"
                      }
                    ]
                  }
                }
              },
              {
                "name": "simulated",
                "type": "boolean",
                "default": false
              }
            ],
            "doc": "A problem with the student's attempts, each judged by the verifier."
          }
        },
        {
          "name": "scores",
          "type": {
            "type": "array",
            "items": {
              "name": "sluice.TrajectoryScore",
              "type": "record",
              "fields": [
                {
                  "name": "sample",
                  "type": "int",
                  "doc": "Which attempt; only wrong ones are here."
                },
                {
                  "name": "steps",
                  "type": {
                    "type": "array",
                    "items": "double"
                  },
                  "doc": "Each in [0, 1]."
                },
                {
                  "name": "score",
                  "type": "double",
                  "doc": "The steps aggregated, in [0, 1]."
                }
              ]
            }
          }
        },
        {
          "name": "score",
          "type": [
            "null",
            "double"
          ],
          "default": null,
          "doc": "Mean over the wrong trajectories; null where none is wrong."
        }
      ],
      "doc": "Graded, with the scorer's marks on the wrong trajectories."
    },
    "levelled": {
      "name": "sluice.Levelled",
      "type": "record",
      "fields": [
        {
          "name": "scored",
          "type": {
            "name": "sluice.Scored",
            "type": "record",
            "fields": [
              {
                "name": "graded",
                "type": {
                  "name": "sluice.Graded",
                  "type": "record",
                  "fields": [
                    {
                      "name": "problem",
                      "type": {
                        "name": "sluice.Problem",
                        "type": "record",
                        "fields": [
                          {
                            "name": "id",
                            "type": "string",
                            "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
                          },
                          {
                            "name": "statement",
                            "type": "string"
                          },
                          {
                            "name": "domain",
                            "type": {
                              "name": "sluice.Domain",
                              "type": "enum",
                              "symbols": [
                                "maths",
                                "code",
                                "choice"
                              ]
                            }
                          },
                          {
                            "name": "answer",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null,
                            "doc": "Maths: the answer. Choice: the letter."
                          },
                          {
                            "name": "choices",
                            "type": {
                              "type": "array",
                              "items": "string"
                            },
                            "default": []
                          },
                          {
                            "name": "language",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null
                          },
                          {
                            "name": "prompt",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null,
                            "doc": "Code: what stands before a completion."
                          },
                          {
                            "name": "tests",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null,
                            "doc": "Code: the tests, as JSON."
                          },
                          {
                            "name": "source",
                            "type": {
                              "name": "sluice.Source",
                              "type": "record",
                              "fields": [
                                {
                                  "name": "dataset",
                                  "type": "string"
                                },
                                {
                                  "name": "file",
                                  "type": "string",
                                  "doc": "Base name only: paths are the machine's own business."
                                },
                                {
                                  "name": "row",
                                  "type": "long",
                                  "doc": "From 0."
                                },
                                {
                                  "name": "id",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null,
                                  "doc": "The data set's own id."
                                },
                                {
                                  "name": "level",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null,
                                  "doc": "The data set's own level; MATH: 5 is the hardest."
                                },
                                {
                                  "name": "subject",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null
                                },
                                {
                                  "name": "licence",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null
                                }
                              ]
                            }
                          },
                          {
                            "name": "solution",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null,
                            "doc": "The data set's worked solution; never shown to a model."
                          },
                          {
                            "name": "contamination",
                            "type": [
                              "null",
                              {
                                "name": "sluice.Contamination",
                                "type": "record",
                                "fields": [
                                  {
                                    "name": "evaluation",
                                    "type": "string"
                                  },
                                  {
                                    "name": "text",
                                    "type": "string",
                                    "doc": "The words that stand in both."
                                  }
                                ]
                              }
                            ],
                            "default": null
                          },
                          {
                            "name": "meta",
                            "type": [
                              "null",
                              "string"
                            ],
                            "default": null,
                            "doc": "What else the row said, as JSON."
                          }
                        ],
                        "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
                      }
                    },
                    {
                      "name": "student",
                      "type": "string",
                      "doc": "Model, and @revision where one is set."
                    },
                    {
                      "name": "verdict",
                      "type": {
                        "name": "sluice.Verdict",
                        "type": "enum",
                        "symbols": [
                          "right",
                          "wrong",
                          "unverifiable"
                        ]
                      },
                      "doc": "Right: at least half of the attempts are."
                    },
                    {
                      "name": "attempts",
                      "type": {
                        "type": "array",
                        "items": {
                          "name": "sluice.Attempt",
                          "type": "record",
                          "fields": [
                            {
                              "name": "sample",
                              "type": "int"
                            },
                            {
                              "name": "reasoning",
                              "type": "string"
                            },
                            {
                              "name": "answer",
                              "type": "string"
                            },
                            {
                              "name": "finish",
                              "type": {
                                "name": "sluice.Finish",
                                "type": "enum",
                                "symbols": [
                                  "stop",
                                  "length",
                                  "refused",
                                  "other"
                                ]
                              }
                            },
                            {
                              "name": "verdict",
                              "type": "sluice.Verdict"
                            },
                            {
                              "name": "reason",
                              "type": "string"
                            },
                            {
                              "name": "extracted",
                              "type": [
                                "null",
                                "string"
                              ],
                              "default": null
                            },
                            {
                              "name": "passedShare",
                              "type": [
                                "null",
                                "double"
                              ],
                              "default": null
                            },
                            {
                              "name": "promptTokens",
                              "type": "long"
                            },
                            {
                              "name": "completionTokens",
                              "type": "long"
                            }
                          ]
                        }
                      }
                    },
                    {
                      "name": "simulated",
                      "type": "boolean",
                      "default": false
                    }
                  ],
                  "doc": "A problem with the student's attempts, each judged by the verifier."
                }
              },
              {
                "name": "scores",
                "type": {
                  "type": "array",
                  "items": {
                    "name": "sluice.TrajectoryScore",
                    "type": "record",
                    "fields": [
                      {
                        "name": "sample",
                        "type": "int",
                        "doc": "Which attempt; only wrong ones are here."
                      },
                      {
                        "name": "steps",
                        "type": {
                          "type": "array",
                          "items": "double"
                        },
                        "doc": "Each in [0, 1]."
                      },
                      {
                        "name": "score",
                        "type": "double",
                        "doc": "The steps aggregated, in [0, 1]."
                      }
                    ]
                  }
                }
              },
              {
                "name": "score",
                "type": [
                  "null",
                  "double"
                ],
                "default": null,
                "doc": "Mean over the wrong trajectories; null where none is wrong."
              }
            ],
            "doc": "Graded, with the scorer's marks on the wrong trajectories."
          }
        },
        {
          "name": "level",
          "type": {
            "name": "sluice.Level",
            "type": "enum",
            "symbols": [
              "easy",
              "level_5",
              "level_4",
              "level_3",
              "level_2",
              "level_1"
            ]
          },
          "doc": "By rising hardness: level_1 is the hardest."
        },
        {
          "name": "passRate",
          "type": "double",
          "doc": "Share of the attempts that are right."
        }
      ],
      "doc": "The problem bank: a problem with its level for this student."
    },
    "admitted": {
      "name": "sluice.Admitted",
      "type": "record",
      "fields": [
        {
          "name": "levelled",
          "type": {
            "name": "sluice.Levelled",
            "type": "record",
            "fields": [
              {
                "name": "scored",
                "type": {
                  "name": "sluice.Scored",
                  "type": "record",
                  "fields": [
                    {
                      "name": "graded",
                      "type": {
                        "name": "sluice.Graded",
                        "type": "record",
                        "fields": [
                          {
                            "name": "problem",
                            "type": {
                              "name": "sluice.Problem",
                              "type": "record",
                              "fields": [
                                {
                                  "name": "id",
                                  "type": "string",
                                  "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
                                },
                                {
                                  "name": "statement",
                                  "type": "string"
                                },
                                {
                                  "name": "domain",
                                  "type": {
                                    "name": "sluice.Domain",
                                    "type": "enum",
                                    "symbols": [
                                      "maths",
                                      "code",
                                      "choice"
                                    ]
                                  }
                                },
                                {
                                  "name": "answer",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null,
                                  "doc": "Maths: the answer. Choice: the letter."
                                },
                                {
                                  "name": "choices",
                                  "type": {
                                    "type": "array",
                                    "items": "string"
                                  },
                                  "default": []
                                },
                                {
                                  "name": "language",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null
                                },
                                {
                                  "name": "prompt",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null,
                                  "doc": "Code: what stands before a completion."
                                },
                                {
                                  "name": "tests",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null,
                                  "doc": "Code: the tests, as JSON."
                                },
                                {
                                  "name": "source",
                                  "type": {
                                    "name": "sluice.Source",
                                    "type": "record",
                                    "fields": [
                                      {
                                        "name": "dataset",
                                        "type": "string"
                                      },
                                      {
                                        "name": "file",
                                        "type": "string",
                                        "doc": "Base name only: paths are the machine's own business."
                                      },
                                      {
                                        "name": "row",
                                        "type": "long",
                                        "doc": "From 0."
                                      },
                                      {
                                        "name": "id",
                                        "type": [
                                          "null",
                                          "string"
                                        ],
                                        "default": null,
                                        "doc": "The data set's own id."
                                      },
                                      {
                                        "name": "level",
                                        "type": [
                                          "null",
                                          "string"
                                        ],
                                        "default": null,
                                        "doc": "The data set's own level; MATH: 5 is the hardest."
                                      },
                                      {
                                        "name": "subject",
                                        "type": [
                                          "null",
                                          "string"
                                        ],
                                        "default": null
                                      },
                                      {
                                        "name": "licence",
                                        "type": [
                                          "null",
                                          "string"
                                        ],
                                        "default": null
                                      }
                                    ]
                                  }
                                },
                                {
                                  "name": "solution",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null,
                                  "doc": "The data set's worked solution; never shown to a model."
                                },
                                {
                                  "name": "contamination",
                                  "type": [
                                    "null",
                                    {
                                      "name": "sluice.Contamination",
                                      "type": "record",
                                      "fields": [
                                        {
                                          "name": "evaluation",
                                          "type": "string"
                                        },
                                        {
                                          "name": "text",
                                          "type": "string",
                                          "doc": "The words that stand in both."
                                        }
                                      ]
                                    }
                                  ],
                                  "default": null
                                },
                                {
                                  "name": "meta",
                                  "type": [
                                    "null",
                                    "string"
                                  ],
                                  "default": null,
                                  "doc": "What else the row said, as JSON."
                                }
                              ],
                              "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
                            }
                          },
                          {
                            "name": "student",
                            "type": "string",
                            "doc": "Model, and @revision where one is set."
                          },
                          {
                            "name": "verdict",
                            "type": {
                              "name": "sluice.Verdict",
                              "type": "enum",
                              "symbols": [
                                "right",
                                "wrong",
                                "unverifiable"
                              ]
                            },
                            "doc": "Right: at least half of the attempts are."
                          },
                          {
                            "name": "attempts",
                            "type": {
                              "type": "array",
                              "items": {
                                "name": "sluice.Attempt",
                                "type": "record",
                                "fields": [
                                  {
                                    "name": "sample",
                                    "type": "int"
                                  },
                                  {
                                    "name": "reasoning",
                                    "type": "string"
                                  },
                                  {
                                    "name": "answer",
                                    "type": "string"
                                  },
                                  {
                                    "name": "finish",
                                    "type": {
                                      "name": "sluice.Finish",
                                      "type": "enum",
                                      "symbols": [
                                        "stop",
                                        "length",
                                        "refused",
                                        "other"
                                      ]
                                    }
                                  },
                                  {
                                    "name": "verdict",
                                    "type": "sluice.Verdict"
                                  },
                                  {
                                    "name": "reason",
                                    "type": "string"
                                  },
                                  {
                                    "name": "extracted",
                                    "type": [
                                      "null",
                                      "string"
                                    ],
                                    "default": null
                                  },
                                  {
                                    "name": "passedShare",
                                    "type": [
                                      "null",
                                      "double"
                                    ],
                                    "default": null
                                  },
                                  {
                                    "name": "promptTokens",
                                    "type": "long"
                                  },
                                  {
                                    "name": "completionTokens",
                                    "type": "long"
                                  }
                                ]
                              }
                            }
                          },
                          {
                            "name": "simulated",
                            "type": "boolean",
                            "default": false
                          }
                        ],
                        "doc": "A problem with the student's attempts, each judged by the verifier."
                      }
                    },
                    {
                      "name": "scores",
                      "type": {
                        "type": "array",
                        "items": {
                          "name": "sluice.TrajectoryScore",
                          "type": "record",
                          "fields": [
                            {
                              "name": "sample",
                              "type": "int",
                              "doc": "Which attempt; only wrong ones are here."
                            },
                            {
                              "name": "steps",
                              "type": {
                                "type": "array",
                                "items": "double"
                              },
                              "doc": "Each in [0, 1]."
                            },
                            {
                              "name": "score",
                              "type": "double",
                              "doc": "The steps aggregated, in [0, 1]."
                            }
                          ]
                        }
                      }
                    },
                    {
                      "name": "score",
                      "type": [
                        "null",
                        "double"
                      ],
                      "default": null,
                      "doc": "Mean over the wrong trajectories; null where none is wrong."
                    }
                  ],
                  "doc": "Graded, with the scorer's marks on the wrong trajectories."
                }
              },
              {
                "name": "level",
                "type": {
                  "name": "sluice.Level",
                  "type": "enum",
                  "symbols": [
                    "easy",
                    "level_5",
                    "level_4",
                    "level_3",
                    "level_2",
                    "level_1"
                  ]
                },
                "doc": "By rising hardness: level_1 is the hardest."
              },
              {
                "name": "passRate",
                "type": "double",
                "doc": "Share of the attempts that are right."
              }
            ],
            "doc": "The problem bank: a problem with its level for this student."
          }
        },
        {
          "name": "admission",
          "type": "long",
          "doc": "Running number of the decision, from 0."
        }
      ],
      "doc": "What the sampler let through to the teacher."
    },
    "cot": {
      "name": "sluice.Cot",
      "type": "record",
      "fields": [
        {
          "name": "problem",
          "type": {
            "name": "sluice.Problem",
            "type": "record",
            "fields": [
              {
                "name": "id",
                "type": "string",
                "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
              },
              {
                "name": "statement",
                "type": "string"
              },
              {
                "name": "domain",
                "type": {
                  "name": "sluice.Domain",
                  "type": "enum",
                  "symbols": [
                    "maths",
                    "code",
                    "choice"
                  ]
                }
              },
              {
                "name": "answer",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "Maths: the answer. Choice: the letter."
              },
              {
                "name": "choices",
                "type": {
                  "type": "array",
                  "items": "string"
                },
                "default": []
              },
              {
                "name": "language",
                "type": [
                  "null",
                  "string"
                ],
                "default": null
              },
              {
                "name": "prompt",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "Code: what stands before a completion."
              },
              {
                "name": "tests",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "Code: the tests, as JSON."
              },
              {
                "name": "source",
                "type": {
                  "name": "sluice.Source",
                  "type": "record",
                  "fields": [
                    {
                      "name": "dataset",
                      "type": "string"
                    },
                    {
                      "name": "file",
                      "type": "string",
                      "doc": "Base name only: paths are the machine's own business."
                    },
                    {
                      "name": "row",
                      "type": "long",
                      "doc": "From 0."
                    },
                    {
                      "name": "id",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "The data set's own id."
                    },
                    {
                      "name": "level",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "The data set's own level; MATH: 5 is the hardest."
                    },
                    {
                      "name": "subject",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null
                    },
                    {
                      "name": "licence",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null
                    }
                  ]
                }
              },
              {
                "name": "solution",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "The data set's worked solution; never shown to a model."
              },
              {
                "name": "contamination",
                "type": [
                  "null",
                  {
                    "name": "sluice.Contamination",
                    "type": "record",
                    "fields": [
                      {
                        "name": "evaluation",
                        "type": "string"
                      },
                      {
                        "name": "text",
                        "type": "string",
                        "doc": "The words that stand in both."
                      }
                    ]
                  }
                ],
                "default": null
              },
              {
                "name": "meta",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "What else the row said, as JSON."
              }
            ],
            "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
          }
        },
        {
          "name": "level",
          "type": {
            "name": "sluice.Level",
            "type": "enum",
            "symbols": [
              "easy",
              "level_5",
              "level_4",
              "level_3",
              "level_2",
              "level_1"
            ]
          }
        },
        {
          "name": "score",
          "type": [
            "null",
            "double"
          ],
          "default": null
        },
        {
          "name": "student",
          "type": "string"
        },
        {
          "name": "teacher",
          "type": "string"
        },
        {
          "name": "admission",
          "type": "long"
        },
        {
          "name": "prompt",
          "type": "string",
          "doc": "The user's turn as the teacher saw it."
        },
        {
          "name": "reasoning",
          "type": "string"
        },
        {
          "name": "answer",
          "type": "string"
        },
        {
          "name": "extracted",
          "type": [
            "null",
            "string"
          ],
          "default": null
        },
        {
          "name": "attempts",
          "type": {
            "type": "array",
            "items": {
              "name": "sluice.TeacherAttempt",
              "type": "record",
              "fields": [
                {
                  "name": "sample",
                  "type": "int"
                },
                {
                  "name": "reasoning",
                  "type": "string"
                },
                {
                  "name": "answer",
                  "type": "string"
                },
                {
                  "name": "outcome",
                  "type": {
                    "name": "sluice.AttemptOutcome",
                    "type": "enum",
                    "symbols": [
                      "verified",
                      "unverified",
                      "truncated",
                      "refused",
                      "empty",
                      "unverifiable"
                    ]
                  }
                },
                {
                  "name": "reason",
                  "type": "string"
                },
                {
                  "name": "promptTokens",
                  "type": "long"
                },
                {
                  "name": "completionTokens",
                  "type": "long"
                }
              ]
            }
          },
          "doc": "Every attempt that was asked for, the verified one without its texts."
        },
        {
          "name": "simulated",
          "type": "boolean",
          "default": false
        }
      ],
      "doc": "A verified chain of thought."
    },
    "rejected": {
      "name": "sluice.Rejected",
      "type": "record",
      "fields": [
        {
          "name": "problem",
          "type": {
            "name": "sluice.Problem",
            "type": "record",
            "fields": [
              {
                "name": "id",
                "type": "string",
                "doc": "First 128 bits of SHA-256 over what makes the problem itself, in hex."
              },
              {
                "name": "statement",
                "type": "string"
              },
              {
                "name": "domain",
                "type": {
                  "name": "sluice.Domain",
                  "type": "enum",
                  "symbols": [
                    "maths",
                    "code",
                    "choice"
                  ]
                }
              },
              {
                "name": "answer",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "Maths: the answer. Choice: the letter."
              },
              {
                "name": "choices",
                "type": {
                  "type": "array",
                  "items": "string"
                },
                "default": []
              },
              {
                "name": "language",
                "type": [
                  "null",
                  "string"
                ],
                "default": null
              },
              {
                "name": "prompt",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "Code: what stands before a completion."
              },
              {
                "name": "tests",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "Code: the tests, as JSON."
              },
              {
                "name": "source",
                "type": {
                  "name": "sluice.Source",
                  "type": "record",
                  "fields": [
                    {
                      "name": "dataset",
                      "type": "string"
                    },
                    {
                      "name": "file",
                      "type": "string",
                      "doc": "Base name only: paths are the machine's own business."
                    },
                    {
                      "name": "row",
                      "type": "long",
                      "doc": "From 0."
                    },
                    {
                      "name": "id",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "The data set's own id."
                    },
                    {
                      "name": "level",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null,
                      "doc": "The data set's own level; MATH: 5 is the hardest."
                    },
                    {
                      "name": "subject",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null
                    },
                    {
                      "name": "licence",
                      "type": [
                        "null",
                        "string"
                      ],
                      "default": null
                    }
                  ]
                }
              },
              {
                "name": "solution",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "The data set's worked solution; never shown to a model."
              },
              {
                "name": "contamination",
                "type": [
                  "null",
                  {
                    "name": "sluice.Contamination",
                    "type": "record",
                    "fields": [
                      {
                        "name": "evaluation",
                        "type": "string"
                      },
                      {
                        "name": "text",
                        "type": "string",
                        "doc": "The words that stand in both."
                      }
                    ]
                  }
                ],
                "default": null
              },
              {
                "name": "meta",
                "type": [
                  "null",
                  "string"
                ],
                "default": null,
                "doc": "What else the row said, as JSON."
              }
            ],
            "doc": "A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set)."
          }
        },
        {
          "name": "level",
          "type": {
            "name": "sluice.Level",
            "type": "enum",
            "symbols": [
              "easy",
              "level_5",
              "level_4",
              "level_3",
              "level_2",
              "level_1"
            ]
          }
        },
        {
          "name": "score",
          "type": [
            "null",
            "double"
          ],
          "default": null
        },
        {
          "name": "student",
          "type": "string"
        },
        {
          "name": "teacher",
          "type": "string"
        },
        {
          "name": "admission",
          "type": "long"
        },
        {
          "name": "prompt",
          "type": "string"
        },
        {
          "name": "reason",
          "type": {
            "name": "sluice.AttemptOutcome",
            "type": "enum",
            "symbols": [
              "verified",
              "unverified",
              "truncated",
              "refused",
              "empty",
              "unverifiable"
            ]
          },
          "doc": "Of the last attempt."
        },
        {
          "name": "attempts",
          "type": {
            "type": "array",
            "items": {
              "name": "sluice.TeacherAttempt",
              "type": "record",
              "fields": [
                {
                  "name": "sample",
                  "type": "int"
                },
                {
                  "name": "reasoning",
                  "type": "string"
                },
                {
                  "name": "answer",
                  "type": "string"
                },
                {
                  "name": "outcome",
                  "type": "sluice.AttemptOutcome"
                },
                {
                  "name": "reason",
                  "type": "string"
                },
                {
                  "name": "promptTokens",
                  "type": "long"
                },
                {
                  "name": "completionTokens",
                  "type": "long"
                }
              ]
            }
          }
        },
        {
          "name": "simulated",
          "type": "boolean",
          "default": false
        }
      ],
      "doc": "An admitted problem that the teacher did not solve, with every attempt."
    },
    "outcome": {
      "name": "sluice.Outcome",
      "type": "record",
      "fields": [
        {
          "name": "id",
          "type": "string"
        },
        {
          "name": "level",
          "type": {
            "name": "sluice.Level",
            "type": "enum",
            "symbols": [
              "easy",
              "level_5",
              "level_4",
              "level_3",
              "level_2",
              "level_1"
            ]
          }
        },
        {
          "name": "admission",
          "type": "long"
        },
        {
          "name": "became",
          "type": {
            "name": "sluice.Became",
            "type": "enum",
            "symbols": [
              "emitted",
              "rejected",
              "dead",
              "returned"
            ]
          },
          "doc": "Returned: not tried, the money ended; it is parked again."
        }
      ],
      "doc": "What became of one admission."
    },
    "control": {
      "name": "sluice.Control",
      "type": "record",
      "fields": [
        {
          "name": "kind",
          "type": {
            "name": "sluice.ControlKind",
            "type": "enum",
            "symbols": [
              "sealed",
              "intake",
              "target",
              "thresholds",
              "stop"
            ]
          }
        },
        {
          "name": "sealed",
          "type": [
            "null",
            {
              "name": "sluice.Sealed",
              "type": "record",
              "fields": [
                {
                  "name": "topic",
                  "type": "string"
                },
                {
                  "name": "partition",
                  "type": "int"
                },
                {
                  "name": "end",
                  "type": "long",
                  "doc": "The offset after the last record."
                },
                {
                  "name": "epoch",
                  "type": "long"
                }
              ],
              "doc": "Nothing follows in this partition of the topic, as long as the epoch lasts."
            }
          ],
          "default": null
        },
        {
          "name": "open",
          "type": [
            "null",
            "boolean"
          ],
          "default": null,
          "doc": "Intake: whether more problems are to be graded."
        },
        {
          "name": "settings",
          "type": [
            "null",
            "string"
          ],
          "default": null,
          "doc": "Target, thresholds: the settings as JSON. Stop: the reason."
        }
      ],
      "doc": "What steers a run: one log, totally ordered."
    },
    "dead-letter": {
      "name": "sluice.DeadLetter",
      "type": "record",
      "fields": [
        {
          "name": "run",
          "type": "string"
        },
        {
          "name": "stage",
          "type": "string"
        },
        {
          "name": "code",
          "type": "string"
        },
        {
          "name": "message",
          "type": "string"
        },
        {
          "name": "attempt",
          "type": "int",
          "doc": "From 1; a retry supersedes."
        },
        {
          "name": "topic",
          "type": [
            "null",
            "string"
          ],
          "default": null,
          "doc": "Null for a row of a data file."
        },
        {
          "name": "partition",
          "type": [
            "null",
            "int"
          ],
          "default": null
        },
        {
          "name": "offset",
          "type": [
            "null",
            "long"
          ],
          "default": null
        },
        {
          "name": "origin",
          "type": [
            "null",
            "string"
          ],
          "default": null,
          "doc": "File and line of a data file's row."
        },
        {
          "name": "length",
          "type": "long"
        },
        {
          "name": "sha256",
          "type": "string"
        },
        {
          "name": "value",
          "type": "bytes",
          "doc": "The original bytes, the first 64 KiB of them at most."
        }
      ],
      "doc": "A record that could not be processed, with its bytes as they were."
    },
    "journal-entry": {
      "name": "sluice.JournalEntry",
      "type": "record",
      "fields": [
        {
          "name": "model",
          "type": "string"
        },
        {
          "name": "reasoning",
          "type": "string",
          "default": ""
        },
        {
          "name": "answer",
          "type": "string",
          "default": ""
        },
        {
          "name": "finish",
          "type": [
            "null",
            {
              "name": "sluice.Finish",
              "type": "enum",
              "symbols": [
                "stop",
                "length",
                "refused",
                "other"
              ]
            }
          ],
          "default": null
        },
        {
          "name": "scores",
          "type": {
            "type": "array",
            "items": "double"
          },
          "default": []
        },
        {
          "name": "promptTokens",
          "type": "long"
        },
        {
          "name": "completionTokens",
          "type": "long"
        },
        {
          "name": "cost",
          "type": "double",
          "default": 0,
          "doc": "What it was settled at, in the currency of the prices."
        },
        {
          "name": "simulated",
          "type": "boolean",
          "default": false
        }
      ],
      "doc": "A model's response, durable before anything rests on it."
    }
  }
];
