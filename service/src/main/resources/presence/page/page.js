// Shows the document that this service serves. Nothing is asked of any other server.
window.SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#api",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    docExpansion: "list",
    tagsSorter: undefined,
    validatorUrl: null,
});
