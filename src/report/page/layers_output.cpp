#include <fmt/format.h>

#include "base/text.hpp"
#include "output_views.hpp"
#include "report/layers_drawing.hpp"

namespace attest::report {

namespace {

using record::Build;
using record::Layers;

std::string layers_sentence(const Layers& layers) {
    const bool exact = layers.enough == layers.least || layers.built == layers.least;
    return fmt::format(
        "The run reports that {} {} of unique hard attention (strict mask, tie {}, {}, read at the {}) "
        "{} needed at all lengths{}.",
        exact ? "exactly" : "at least", base::counted(layers.least, "layer"), shown(layers.tie),
        layers.modulus > 1 ? fmt::format("positions modulo {}", layers.modulus) : "no positions",
        layers.read == "end" ? "end symbol" : "last symbol", layers.least == 1 ? "is" : "are",
        layers.built ? fmt::format("; a network of {} was built", *layers.built) : "");
}

std::string pair_text(const Layers::Answer& answer) {
    if (!answer.words || answer.words->size() != 2) return "";
    return fmt::format("“{}” is in it, “{}” is not", shown(answer.words->front()), shown(answer.words->back()));
}

std::string length_text(const Build::Proved& proved) {
    if (proved.lengths) return fmt::format("all from {} on", proved.lengths->from);
    return shown(proved.length);
}

void write_stack(Context& page, const Build& built) {
    if (!built.stack) return;
    const std::string title = fmt::format("The network for {}", base::printable(built.language, 60));
    if (const auto drawing = draw_stack(built, title))
        page.figure(*drawing, title + ": its layers from what is read, below, to the answer.");
    PlainTable table{{{"Layer", false}, {"Heads", true}, {"Units between the maps", true}}, {}, 0};
    for (std::size_t k = 0; k < std::min(built.stack->size(), most_rows); ++k) {
        const Build::Layer& layer = built.stack->at(k);
        table.rows.push_back({{std::to_string(k + 1), ""}, {shown(layer.heads), ""}, {shown(layer.hidden), ""}});
    }
    write_table(page.html, "Layers, from below", std::move(table));
}

}  // namespace

bool write_layers_output(Context& page, const base::Json& document) {
    const auto layers = record::read<Layers>(document);
    if (!layers) return false;
    page.html.leaf("p", layers_sentence(*layers));
    const std::string title = fmt::format("How many layers {} needs", base::printable(layers->language, 60));
    if (const auto drawing = draw_layers(*layers, title))
        page.figure(*drawing, title +
                                  ": a stack for each number of layers. ✗: no network of so many tells two words "
                                  "apart of which one is in the language; ✓: so many are enough.");
    using Answer = Layers::Answer;
    write_records<Answer>(page.html, "Number by number", layers->answers,
                          {column(&Answer::layers, "Layers"),
                           column(&Answer::answer, "Reported"),
                           {"Not told apart", pair_text, false, {}},
                           column(&Answer::detail, "Detail"),
                           column(&Answer::states, "States gone through"),
                           certificate_column<Answer>(page),
                           {"Seconds", [](const Answer& a) { return shown_seconds(a.seconds); }, true, {}}});
    return true;
}

bool write_build_output(Context& page, const base::Json& document) {
    const auto built = record::read<Build>(document);
    if (!built) return false;
    write_stack(page, *built);
    using Proved = Build::Proved;
    write_records<Proved>(page.html, "What was proved of it", built->results,
                          {{"Length", length_text, false, {}},
                           column(&Proved::verdict, "Reported"),
                           column(&Proved::evidence, "Evidence"),
                           column(&Proved::reason, "Reason"),
                           column(&Proved::detail, "Detail"),
                           certificate_column<Proved>(page),
                           {"Seconds", [](const Proved& p) { return shown_seconds(p.seconds); }, true, {}}});
    return true;
}

}  // namespace attest::report
