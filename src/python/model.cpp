#include "python/model.hpp"

#include <functional>
#include <map>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/network/guhat.hpp"
#include "attest/network/program.hpp"
#include "attest/programs/zoo.hpp"
#include "attest/soft/judge.hpp"
#include "attest/verdict/verdict.hpp"
#include "base/overloaded.hpp"
#include "formats/program/write.hpp"
#include "programs/zoo/zoo_programs.hpp"

namespace attest::python {

namespace {

using formats::GuhatFile;
using formats::ModelFile;
using formats::ProgramFile;

std::string reason_of(std::optional<base::Limit> limit) {
    return verdict::to_string(limit ? verdict::reason_of(*limit) : verdict::Reason::imprecise);
}

/// What does not depend on the word is made once for each length.
class Exactly {
  public:
    explicit Exactly(const network::Transformer& t) : t_(t) {}

    void say(const language::Word& word, Said& said) {
        const network::Evaluator& evaluator =
            evaluators_.try_emplace(word.size(), t_, static_cast<std::int64_t>(word.size())).first->second;
        if (t_.readout.decides()) {
            const network::Evaluation found = evaluator.evaluate(word);
            said.accepts = found.accepts;
            said.score = {exact::to_string(found.score)};
        }
        if (!t_.readout.classes) return;
        for (const std::size_t c : evaluator.answer(word).classes)
            said.classes.emplace_back(t_.readout.classes->names[c]);
    }

  private:
    const network::Transformer& t_;
    std::map<std::size_t, network::Evaluator> evaluators_;
};

class InBalls {
  public:
    explicit InBalls(const network::Transformer& t) : t_(t) {}

    void say(const language::Word& word, const base::Limits& limits, Said& said) {
        soft::Judge& judge = judges_.try_emplace(word.size(), t_, static_cast<std::int64_t>(word.size())).first->second;
        if (t_.readout.decides()) {
            const soft::Judgement judged = judge.judge(word, limits);
            said.accepts = judged.accepts;
            if (judged.bits > 0 && judged.score.is_finite())
                said.score = {exact::to_string(judged.score.lower()), exact::to_string(judged.score.upper())};
            if (!judged.accepts) said.reason = reason_of(judged.limit);
        }
        if (!t_.readout.classes) return;
        const soft::Classification found = judge.classify(word, limits);
        for (const std::optional<std::size_t>& c : found.classes)
            said.classes.push_back(c ? std::optional(t_.readout.classes->names[*c]) : std::nullopt);
        if (!found.is_certain()) said.reason = reason_of(found.limit);
    }

  private:
    const network::Transformer& t_;
    std::map<std::size_t, soft::Judge> judges_;
};

/// One for each word, in order; `say` fills in what is said of it.
std::vector<Said> of_each(const language::Alphabet& alphabet, const std::vector<language::Word>& words,
                          const base::Limits& limits, const std::function<void(const language::Word&, Said&)>& say) {
    std::vector<Said> all;
    for (const language::Word& word : words) {
        Said& said = all.emplace_back();
        said.word = alphabet.spell(word);
        if (const auto stopped = limits.exceeded()) said.reason = reason_of(stopped);
        else say(word, said);
    }
    return all;
}

}  // namespace

const std::string& Model::name() const {
    return std::visit(base::Overloaded{[](const ModelFile& f) -> const std::string& { return f.transformer.name; },
                                       [](const GuhatFile& f) -> const std::string& { return f.guhat.name; },
                                       [](const ProgramFile& f) -> const std::string& { return f.program.name; }},
                      file_);
}

const language::Alphabet& Model::alphabet() const {
    return std::visit(
        base::Overloaded{[](const ModelFile& f) -> const language::Alphabet& { return f.transformer.alphabet; },
                         [](const GuhatFile& f) -> const language::Alphabet& { return f.guhat.alphabet; },
                         [](const ProgramFile& f) -> const language::Alphabet& { return f.program.alphabet; }},
        file_);
}

const char* Model::kind() const {
    return std::visit(
        base::Overloaded{[](const ModelFile&) { return "transformer"; }, [](const GuhatFile&) { return "tables"; },
                         [](const ProgramFile&) { return "program"; }},
        file_);
}

std::string Model::attention() const {
    const auto* file = std::get_if<ModelFile>(&file_);
    if (file == nullptr) return "";
    switch (file->transformer.kind()) {
        case network::AttentionKind::hard: return "hard";
        case network::AttentionKind::average: return "average";
        case network::AttentionKind::softmax: return "softmax";
        default: return "sparsemax";
    }
}

std::vector<std::size_t> Model::heads() const {
    std::vector<std::size_t> heads;
    if (const auto* file = std::get_if<ModelFile>(&file_))
        for (const network::Layer& layer : file->transformer.layers)
            heads.push_back(layer.attention ? layer.attention->heads.size() : 0);
    return heads;
}

std::size_t Model::dimension() const {
    const auto* file = std::get_if<ModelFile>(&file_);
    return file == nullptr ? 0 : file->transformer.dimension;
}

std::string Model::write(const std::string& directory, const std::string& stem) const {
    const std::string path = directory + "/" + stem + ".json";
    if (const auto* file = std::get_if<ModelFile>(&file_); file != nullptr && !file->tensor_name.empty())
        base::write_file(directory + "/" + file->tensor_name, file->tensor_bytes);
    base::write_file(path, std::visit([](const auto& file) { return file.bytes; }, file_));
    return path;
}

Model load(const std::string& operand) {
    const std::string prefix = "zoo:";
    if (!operand.starts_with(prefix)) return Model(formats::read_network(operand));
    const std::string name = operand.substr(prefix.size());
    if (auto program = programs::zoo_program(name)) {
        std::string bytes = formats::write_program(*program);
        return Model(ProgramFile{std::move(*program), std::move(bytes)});
    }
    network::Transformer transformer = programs::zoo_model(name);
    std::string bytes = formats::write_model(transformer);
    return Model(ModelFile{std::move(transformer), std::move(bytes), {}, {}});
}

std::vector<Said> evaluate(const Model& model, const std::vector<language::Word>& words, const base::Limits& limits) {
    if (const auto* file = std::get_if<GuhatFile>(&model.file())) {
        network::GuhatEvaluator evaluator(file->guhat);
        return of_each(model.alphabet(), words, limits,
                       [&](const language::Word& word, Said& said) { said.accepts = evaluator.accepts(word); });
    }
    if (const auto* file = std::get_if<ProgramFile>(&model.file())) {
        const network::Program& program = file->program;
        return of_each(model.alphabet(), words, limits, [&](const language::Word& word, Said& said) {
            const std::vector<std::string> answers = network::answers(program, word);
            if (!program.output.accept.empty() && !answers.empty()) said.accepts = network::accepts(program, answers);
            said.classes.assign(answers.begin(), answers.end());
        });
    }
    const network::Transformer& t = std::get<ModelFile>(model.file()).transformer;
    if (t.kind() == network::AttentionKind::softmax) {
        InBalls balls(t);
        return of_each(t.alphabet, words, limits,
                       [&](const language::Word& word, Said& said) { balls.say(word, limits, said); });
    }
    Exactly exactly(t);
    return of_each(t.alphabet, words, limits, [&](const language::Word& word, Said& said) { exactly.say(word, said); });
}

}  // namespace attest::python
