package org.accountsecurity.deregistration.export;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The download of the own data; the login alone decides whose data it is. */
@Controller
class ExportController {

    /** Seconds after which a browser asks for a copy that is being made again. */
    private static final String ASK_AGAIN = "3";

    private final DataExports exports;

    ExportController(DataExports exports) {
        this.exports = exports;
    }

    @GetMapping("/export")
    String download(Principal holder, HttpMethod method, Model page, HttpServletResponse response) throws IOException {
        // read first: a copy that is finished in between is found, and not said to be missing
        ExportState state = exports.stateFor(holder.getName());
        Optional<DataExports.DataExport> export = exports.find(holder.getName());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (export.isEmpty()) {
            if (state == ExportState.NONE) {
                response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            } else {
                response.setStatus(HttpServletResponse.SC_ACCEPTED);
                response.setHeader("Refresh", ASK_AGAIN);
            }
            page.addAttribute("text", state.text());
            page.addAttribute("none", state == ExportState.NONE);
            return "export-missing";
        }
        response.setContentType("application/zip");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"account-data.zip\"");
        response.setContentLengthLong(export.get().bytes());
        if (HttpMethod.GET.equals(method)) {
            exports.write(export.get(), response.getOutputStream());
        }
        return null;
    }
}
