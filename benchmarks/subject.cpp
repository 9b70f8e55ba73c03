#include "subject.hpp"

#include <chrono>
#include <functional>
#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/circuit/export.hpp"
#include "attest/programs/zoo.hpp"

namespace attest::benchmarks {

namespace {

formats::ModelFile zoo_file(const std::string& name) {
    network::Transformer transformer = programs::zoo_model(name);
    std::string bytes = formats::write_model(transformer);
    return {std::move(transformer), std::move(bytes), {}, {}};
}

void write_one(const Subject& subject, std::int64_t length, const std::string& path,
               const std::function<circuit::Literal(circuit::Builder&, const compile::Inputs&)>& compile) {
    circuit::Builder builder(std::size_t{8} << 30);
    const compile::Inputs inputs(builder, subject.model.transformer.alphabet, length);
    const circuit::Literal result = compile(builder, inputs);
    builder.circuit().add_output("accept", builder.conjunction({result, inputs.exactly_one(builder)}));
    std::ostringstream text;
    circuit::write_aiger_binary(builder.circuit(), text);
    base::write_file(path, text.view());
}

}  // namespace

Subject::Subject(const std::string& zoo_name) : Subject(zoo_name, programs::zoo_entry(zoo_name).language) {}

Subject::Subject(const std::string& zoo_name, const std::string& language_text)
    : name(zoo_name),
      model(zoo_file(zoo_name)),
      language(language::Language::parse(language_text, model.transformer.alphabet)),
      meaning(relate(model.transformer.alphabet, language.alphabet(), {})) {}

base::Limits limits_for(double seconds) {
    base::Limits limits;
    const auto span =
        std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(seconds));
    if (seconds > 0) limits.deadline = std::chrono::steady_clock::now() + span;
    return limits;
}

void write_aiger_pair(const Subject& subject, std::int64_t length, const std::string& model_path,
                      const std::string& language_path) {
    const base::Limits limits = limits_for(0);
    write_one(subject, length, model_path, [&](circuit::Builder& builder, const compile::Inputs& inputs) {
        auto compiled =
            compile_model(builder, inputs, subject.model.transformer, {compile::Form::compact, {}, {}}, limits);
        if (const auto* why = std::get_if<verdict::Undecided>(&compiled)) throw base::Unsupported(why->detail);
        return std::get<compile::CompiledModel>(compiled).accept;
    });
    write_one(subject, length, language_path, [&](circuit::Builder& builder, const compile::Inputs& inputs) {
        return compile_language(builder, inputs, subject.language, subject.meaning);
    });
}

}  // namespace attest::benchmarks
