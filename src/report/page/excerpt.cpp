#include "report/excerpt.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "network_run.hpp"

namespace attest::report {

namespace {

/// The run of what has heads.
std::optional<NetworkRun> run_of_file(const formats::NetworkFile& network, const language::Word& word) {
    if (const auto* model = std::get_if<formats::ModelFile>(&network)) {
        if (!model->transformer.readout.decides()) return std::nullopt;
        return run_of(model->transformer, word);
    }
    if (const auto* tables = std::get_if<formats::GuhatFile>(&network)) return run_of(tables->guhat, word);
    return std::nullopt;
}

const language::Alphabet& alphabet_of(const formats::NetworkFile& network) {
    if (const auto* model = std::get_if<formats::ModelFile>(&network)) return model->transformer.alphabet;
    if (const auto* tables = std::get_if<formats::GuhatFile>(&network)) return tables->guhat.alphabet;
    return std::get<formats::ProgramFile>(network).program.alphabet;
}

std::string title_of(const formats::NetworkFile& network, const language::Word& word) {
    return "Attention on " +
           (word.empty() ? "the empty word" : base::printable("“" + alphabet_of(network).spell(word) + "”", 80));
}

std::string outcome_of(const NetworkRun& run) {
    return (run.score.empty() ? "" : run.score + ": ") + (run.accepts ? "accept" : "reject");
}

}  // namespace

std::optional<Svg> attention_drawing(const formats::NetworkFile& network, const language::Word& word) {
    const std::optional<NetworkRun> run = run_of_file(network, word);
    if (!run) return std::nullopt;
    return attention_arcs(run->attention, {}, title_of(network, word), outcome_of(*run));
}

std::string write_excerpt(const Output& output, const formats::NetworkFile* network,
                          const std::vector<language::Word>& words) {
    const Sources none;
    PageOptions options;
    options.title = "attest " + output.command;
    Context page(none, options);
    page.html.markup("<!DOCTYPE html>\n");
    {
        const auto root = page.html.element("html", {{"xmlns", "http://www.w3.org/1999/xhtml"}, {"lang", "en"}});
        write_document_head(page);
        const auto body = page.html.element("body");
        const auto main = page.html.element("main", {{"id", "main"}});
        write_output(page, output, "result");
        for (const language::Word& word : words)
            if (const auto run = network != nullptr ? run_of_file(*network, word) : std::nullopt)
                write_run(page, *run, {}, title_of(*network, word), outcome_of(*run), "");
    }
    return page.html.take();
}

}  // namespace attest::report
