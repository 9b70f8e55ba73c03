#include <fmt/format.h>

#include "json_view.hpp"
#include "output_views.hpp"

namespace attest::report {

namespace {

using base::Json;

constexpr std::pair<const char*, bool (*)(Context&, const Json&)> views[] = {
    {"prove", write_prove_output},          {"measure", write_measure_output},
    {"restrict", write_restrict_output},    {"influence", write_influence_output},
    {"threshold", write_threshold_output},  {"language", write_language_output},
    {"classify", write_classify_output},    {"classify", write_class_census_output},
    {"layers", write_layers_output},        {"build", write_build_output},
    {"emerge", write_emerge_output},        {"emerge", write_emerge_graph_output},
    {"emerge", write_emerge_counts_output}, {"progress", write_progress_output},
};

/// What the output is about, in a line.
std::string title_of(const Output& output) {
    std::string title = output.command;
    for (const char* key : {"model", "language", "circuit", "length", "census", "nodes", "graph", "task"})
        if (const std::string text = text_at(output.document, key); !text.empty())
            title += fmt::format(", {} {}", key, text);
    return title;
}

/// Members that are neither lists nor objects, as they are.
void write_plain(Html& html, const Json& document) {
    const auto facts = html.element("dl", {{"class", "facts"}});
    for (const auto& [key, value] : members(&document))
        if (!value.is_array() && !value.is_object() && key != "command") write_fact(html, key, text_of(&value));
}

/// Lists of objects of a command that has no view, as tables.
void write_lists(Html& html, const Json& document) {
    for (const auto& [key, value] : members(&document)) {
        const Json::Array& records = elements(&value);
        write_records<Json>(html, key, records, all_columns(records));
    }
}

}  // namespace

void write_output(Context& page, const Output& output, const std::string& id) {
    Html& html = page.html;
    const auto article = html.element("article", {{"id", id}, {"aria-labelledby", id + "-title"}, {"tabindex", "-1"}});
    {
        const auto header = html.element("header");
        html.leaf("h3", title_of(output), {{"id", id + "-title"}});
        write_mark(html, {"reported", "·", "open"});
    }
    if (!output.path.empty()) html.leaf("p", output.path, {{"class", "note"}});
    for (const auto& [command, view] : views)
        if (output.command == command && view(page, output.document)) {
            const auto details = html.element("details");
            html.leaf("summary", "Further members of the output");
            write_plain(html, output.document);
            return;
        }
    write_plain(html, output.document);
    write_lists(html, output.document);
}

void write_outputs(Context& page) {
    if (page.sources.outputs.empty()) return;
    Html& html = page.html;
    const auto section = html.element("section", {{"id", "results"}, {"aria-labelledby", "results-title"}});
    html.leaf("h2", "Results", {{"id", "results-title"}});
    html.leaf("p",
              "Outputs of runs, as they were reported; they were not checked again for this page, except where a "
              "certificate is linked.",
              {{"class", "note"}});
    for (std::size_t k = 0; k < page.sources.outputs.size(); ++k)
        write_output(page, page.sources.outputs[k], fmt::format("result-{}", k + 1));
}

}  // namespace attest::report
