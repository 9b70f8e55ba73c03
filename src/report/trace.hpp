#pragma once

#include <string>
#include <vector>

#include "attest/network/evaluate.hpp"
#include "attest/network/guhat.hpp"
#include "attest/network/program.hpp"
#include "attest/soft/judge.hpp"

namespace attest::report {

/// Where each head looked on a word, for a terminal: a line an asking position, heads and positions from 1.
std::string trace_text(const network::Transformer& transformer, const language::Word& word, const network::Trace& trace,
                       const network::Evaluation& evaluation);

/// The positions of the sequence whose values flow to the readout on this word, along residuals and attended
/// positions. What the other positions hold can only matter through scores.
std::vector<std::int64_t> flow(const network::Transformer& transformer, std::int64_t length,
                               const network::Trace& trace);

/// Where each head of tables looked on a word, in the same form; tables have no scores.
std::string trace_text(const network::Guhat& tables, const language::Word& word, const network::GuhatTrace& trace,
                       bool accepts);

/// What each variable of a program is at each position of the sequence, a line a variable, and the answers.
std::string trace_text(const network::Program& program, const language::Word& word, const network::ProgramTrace& trace,
                       const std::vector<std::string>& answers);

/// How softmax heads spread their weight on a word: from each position that the readout needs, the greatest weights, or
/// that they are even. Weights are enclosed; one number stands where the ends of the ball agree in the digits that are shown.
std::string trace_text(const network::Transformer& transformer, const language::Word& word,
                       const std::vector<soft::HeadSeen>& heads, const soft::Judgement& judged);

/// Both for models that answer with classes, of which none is accepted: where heads look, then the logits.
std::string trace_text(const network::Transformer& transformer, const language::Word& word, const network::Trace& trace,
                       const network::Answers& answers);
std::string trace_text(const network::Transformer& transformer, const language::Word& word,
                       const std::vector<soft::HeadSeen>& heads, const soft::Classification& found);

/// The logits of each class, enclosed, at each position that is read.
/// Needs   a model with classes
std::string logits_text(const network::Transformer& transformer, const std::vector<exact::BallVector>& logits);

/// Which of the weights are worth showing: the greatest first, none below a hundredth of it.
std::vector<std::size_t> notable_positions(const soft::HeadSeen& seen, std::size_t at_most);

}  // namespace attest::report
